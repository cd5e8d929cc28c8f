using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <summary>Between payload types and System.Text.Json. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JobEventJson
{
    /// <summary>Describes a payload type to System.Text.Json.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="options">The options it will belong to.</param>
    /// <param name="write">Writes the type.</param>
    /// <param name="read">Reads the type.</param>
    public static JsonTypeInfo<T> CreateTypeInfo<T>(
        JsonSerializerOptions options, JobEventValueWrite<T> write, JobEventValueRead<T> read) =>
        JsonMetadataServices.CreateValueInfo<T>(options, new Converter<T>(write, read));

    /// <summary>What a context of the application's own knows of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="context">The context.</param>
    /// <exception cref="InvalidOperationException">The context does not know it.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
            ?? throw new InvalidOperationException(
                $"{context.GetType().Name} does not know {typeof(T)}: it needs [JsonSerializable].");
    }

    /// <summary>Reads a value as a context of the application's own says.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="reader">The reader.</param>
    /// <param name="context">The context.</param>
    /// <exception cref="JsonException">The JSON does not fit the type.</exception>
    public static T? Read<T>(ref Utf8JsonReader reader, JsonSerializerContext context) =>
        JsonSerializer.Deserialize(ref reader, TypeInfo<T>(context));

    private sealed class Converter<T>(JobEventValueWrite<T> write, JobEventValueRead<T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(ref reader);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            var buffer = Utf8JsonBuffer.Rent();
            try
            {
                var levels = options.MaxDepth == 0 ? PayloadLimits.Levels : options.MaxDepth;
                var values = new JobEventValueWriter(buffer, levels - writer.CurrentDepth, int.MaxValue, isLenient: false);
                write(ref values, value);
                writer.WriteRawValue(buffer.Written, skipInputValidation: true);
            }
            finally
            {
                buffer.Return();
            }
        }
    }
}

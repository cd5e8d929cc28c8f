using System.Reflection;

namespace Naq.Events.Generators.Tests.Execution;

/// <summary>The 24 standard events, which the runtime declares by attribute.</summary>
public sealed class StandardEventTests
{
    public static TheoryData<JobEventType> Types => [.. Enum.GetValues<JobEventType>().Where(type => type != JobEventType.Custom)];

    [Theory]
    [MemberData(nameof(Types))]
    public void TheFactoryAndTheLoggerMethodMakeTheSameEvent(JobEventType type)
    {
        var factory = typeof(JobEvents).GetMethod(type.ToString())!;
        var loggerMethod = typeof(JobEventLoggerExtensions).GetMethod("LogJob" + type)!;
        Assert.Equal(
            factory.GetParameters().Select(parameter => parameter.ToString()),
            loggerMethod.GetParameters().Skip(1).Select(parameter => parameter.ToString()));

        var logger = new RecordingLogger();
        var arguments = factory.GetParameters().Select(Value).ToArray();
        var made = (JobEvent)factory.Invoke(null, arguments)!;
        _ = loggerMethod.Invoke(null, [logger, .. arguments]);

        Assert.Equal(type, made.EventType);
        Assert.Equal("job-1", made.JobId);
        Assert.False(string.IsNullOrEmpty(made.Message));
        Assert.Equal(Comparable(made), Comparable(logger.OnlyEvent));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void WhatIsOptionalMayBeLeftOut(JobEventType type)
    {
        var factory = typeof(JobEvents).GetMethod(type.ToString())!;
        var arguments = factory.GetParameters()
            .Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue : Value(parameter)).ToArray();
        var made = (JobEvent)factory.Invoke(null, arguments)!;

        Assert.Empty(made.Tags);
        Assert.DoesNotContain("  ", made.Message, StringComparison.Ordinal);
    }

    private static JobEvent Comparable(JobEvent jobEvent) => jobEvent with { Id = default, Timestamp = DateTimeOffset.UnixEpoch };

    private static object? Value(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.Name == "jobId" ? "job-1"
            : type == typeof(string) ? parameter.Name
            : type == typeof(int) ? 2
            : type == typeof(double) ? 3.25
            : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)
            : type == typeof(Exception) ? new InvalidOperationException("broken")
            : type == typeof(IReadOnlyDictionary<string, string>) ? new Dictionary<string, string> { ["tenant"] = "acme" }
            : throw new NotSupportedException(type.FullName);
    }
}

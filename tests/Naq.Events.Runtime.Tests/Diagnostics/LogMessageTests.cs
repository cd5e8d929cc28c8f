using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Naq.Events.Runtime.Tests.Diagnostics;

public sealed class LogMessageTests
{
    [Fact]
    public void What_a_log_message_has_is_a_reference_since_each_combination_of_values_is_compiled_for_each_provider()
    {
        var messages = typeof(JobEvent).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(static method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null)
            .ToList();

        Assert.NotEmpty(messages);
        Assert.All(messages, static message => Assert.DoesNotContain(message.GetParameters(), static has => has.ParameterType.IsValueType));
    }
}

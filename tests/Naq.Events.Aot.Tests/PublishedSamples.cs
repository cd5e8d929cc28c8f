[assembly: AssemblyFixture(typeof(Naq.Events.Aot.Tests.PublishedQuickstart))]
[assembly: AssemblyFixture(typeof(Naq.Events.Aot.Tests.PublishedWorker))]

namespace Naq.Events.Aot.Tests;

/// <summary>The quickstart.</summary>
public sealed class PublishedQuickstart() : PublishedSample("Quickstart");

/// <summary>The worker service.</summary>
public sealed class PublishedWorker() : PublishedSample("AotWorker");

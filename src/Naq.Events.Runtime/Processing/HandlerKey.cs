namespace Naq.Events.Processing;

/// <summary>One handler of one registration: two overloads have the same name, and a class may be added twice.</summary>
internal readonly record struct HandlerKey(int Registration, object Handler);

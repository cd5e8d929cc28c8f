using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission.Payloads;

/// <summary>
/// Prints how an object is read. Where all members can be assigned they are, one after the other; otherwise they wait in locals
/// for the constructor and the initializer.
/// </summary>
internal sealed class ObjectReadEmitter
{
    private const string Reader = "JobEventValueReader";

    private readonly PayloadSpec _payload;
    private readonly List<(PayloadMemberSpec Member, string Local, string Seen)> _read = [];
    private readonly bool _isAssigned;

    public ObjectReadEmitter(PayloadSpec payload)
    {
        _payload = payload;
        var names = new UniqueNames(["reader", "value"]);
        foreach (var member in payload.Members)
        {
            if (member.Setting != PayloadSetting.None)
                _read.Add((member, names.Take(LocalName(member.Name)), names.Take("has" + member.Name.TrimStart('@'))));
        }

        _isAssigned = payload.Arguments.Count == 0 && _read.All(read => read.Member.Setting == PayloadSetting.Assigned);
    }

    public void Emit(SourceWriter writer)
    {
        EmitStart(writer);
        EmitLocals(writer);
        EmitLoop(writer);
        foreach (var (member, _, seen) in _read.Where(read => read.Member.IsRequired))
        {
            writer.OpenBlock($"if (!{seen})");
            writer.WriteLine($"{Reader}.MissingMember({CSharpText.Literal(member.JsonName)});");
            writer.CloseBlock();
            writer.WriteLine();
        }

        if (!_isAssigned)
            EmitConstruction(writer);

        writer.WriteLine("return value;");
    }

    private void EmitStart(SourceWriter writer)
    {
        if (_payload.IsValueType)
        {
            writer.WriteLine($"{Reader}.RequireObject(ref reader);");
        }
        else
        {
            writer.OpenBlock($"if (!{Reader}.BeginObject(ref reader))");
            writer.WriteLine("return null;");
            writer.CloseBlock();
            writer.WriteLine();
        }
    }

    private void EmitLocals(SourceWriter writer)
    {
        if (_isAssigned)
            writer.WriteLine($"var value = new {_payload.Type}();");

        foreach (var (member, local, seen) in _read)
        {
            if (!_isAssigned)
                writer.WriteLine($"{member.Value.Type} {local} = {Default(member)};");

            if (MustBeSeen(member))
                writer.WriteLine($"var {seen} = false;");
        }
    }

    private void EmitLoop(SourceWriter writer)
    {
        writer.OpenBlock($"while ({Reader}.NextMember(ref reader))");
        for (var i = 0; i < _read.Count; i++)
        {
            var (member, local, seen) = _read[i];
            var name = CSharpText.Utf8Literal(member.JsonName);
            writer.OpenBlock($"{(i == 0 ? "" : "else ")}if ({Reader}.IsMember(ref reader, {name}))");
            writer.WriteLine($"{(_isAssigned ? $"value.{member.Name}" : local)} = {PayloadCode.Read(member.Value)};");
            if (MustBeSeen(member))
                writer.WriteLine($"{seen} = true;");

            writer.CloseBlock();
        }

        if (_read.Count == 0)
        {
            writer.WriteLine($"{Reader}.SkipMember(ref reader);");
        }
        else
        {
            writer.OpenBlock("else");
            writer.WriteLine($"{Reader}.SkipMember(ref reader);");
            writer.CloseBlock();
        }

        writer.CloseBlock();
        writer.WriteLine();
    }

    private void EmitConstruction(SourceWriter writer)
    {
        var arguments = string.Join(", ", _payload.Arguments.Select(
            argument => argument.Member < 0 ? argument.Default : LocalOf(_payload.Members[argument.Member])));
        var initialized = _read.Where(read => read.Member.Setting == PayloadSetting.Initialized).ToList();
        if (initialized.Count == 0)
        {
            writer.WriteLine($"var value = new {_payload.Type}({arguments});");
        }
        else
        {
            writer.OpenBlock($"var value = new {_payload.Type}({arguments})");
            foreach (var (member, local, _) in initialized)
                writer.WriteLine($"{member.Name} = {local},");

            writer.CloseBlock("};");
        }

        // What the JSON does not have keeps the value that the type gives it.
        foreach (var (member, local, seen) in _read.Where(read => IsSetLater(read.Member)))
        {
            writer.OpenBlock($"if ({seen})");
            writer.WriteLine(member.Setting == PayloadSetting.Assigned
                ? $"value.{member.Name} = {local};"
                : $"value = value with {{ {member.Name} = {local} }};");
            writer.CloseBlock();
            writer.WriteLine();
        }
    }

    private bool MustBeSeen(PayloadMemberSpec member) => member.IsRequired
        || (!_isAssigned && IsSetLater(member));

    private static bool IsSetLater(PayloadMemberSpec member) =>
        member.Setting is PayloadSetting.Assigned or PayloadSetting.Copied;

    private string Default(PayloadMemberSpec member)
    {
        for (var i = 0; i < _payload.Arguments.Count; i++)
        {
            if (_payload.Arguments[i].Member >= 0 && _payload.Members[_payload.Arguments[i].Member] == member)
                return _payload.Arguments[i].Default;
        }

        return "default";
    }

    private string LocalOf(PayloadMemberSpec member) => _read.First(read => read.Member == member).Local;

    private static string LocalName(string member)
    {
        var name = member.TrimStart('@');
        return CSharpText.Identifier(char.ToLowerInvariant(name[0]) + name.Substring(1));
    }
}

namespace Naq.Events.Runtime.Tests.Serialization;

/// <summary>Lets a lambda build fields of one value, which a ref struct cannot be passed to.</summary>
internal sealed class JobEventFieldsWriterAdapter
{
    public string Json { get; private set; } = "";

    public void Add(bool value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(int value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(long value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(ulong value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(double value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(float value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(decimal value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(Guid value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(DateTime value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(DateTimeOffset value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(DateOnly value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(TimeOnly value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(TimeSpan value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    public void Add(string value) => Build((ref JobEventFieldsBuilder fields) => fields.Add("v"u8, value));

    private delegate void AddValue(ref JobEventFieldsBuilder fields);

    private void Build(AddValue add)
    {
        var fields = new JobEventFieldsBuilder();
        add(ref fields);
        Json = fields.Build().ToString();
    }
}

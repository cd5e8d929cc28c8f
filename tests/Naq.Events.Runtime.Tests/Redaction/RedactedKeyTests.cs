using System.Text.Json;

namespace Naq.Events.Runtime.Tests.Redaction;

public sealed class RedactedKeyTests
{
    [Theory]
    [InlineData("password", "dbPassword", "NEW_PASSWORD", "password1", "passwd", "pwd", "passphrase")]
    [InlineData("secret", "client_secret", "token", "accessToken", "refresh-token", "apiKey", "api_key", "X-Api-Key", "access_key")]
    [InlineData("ConnectionString", "connection_strings", "credentials", "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie")]
    public async Task Names_of_secrets_are_redacted_by_default(params string[] names)
    {
        foreach (var name in names)
            Assert.Equal($$"""{"{{name}}":"***"}""", await RedactedLog.DetailsOfAsync($$"""{"{{name}}":"hunter2"}"""));
    }

    [Theory]
    [InlineData("user", "author", "tokens", "token_count", "cookies_eaten", "key", "pass", "connection")]
    public async Task Other_names_are_not(params string[] names)
    {
        foreach (var name in names)
            Assert.Equal($$"""{"{{name}}":"x"}""", await RedactedLog.DetailsOfAsync($$"""{"{{name}}":"x"}"""));
    }

    [Theory]
    [InlineData("""{"a":[{"password":"x"},{"b":{"password":"y","c":1}}]}""", """{"a":[{"password":"***"},{"b":{"password":"***","c":1}}]}""")]
    [InlineData("""{"credentials":{"user":"x","pin":1},"a":1}""", """{"credentials":"***","a":1}""")]
    [InlineData("""{"credentials":["x","y"]}""", """{"credentials":"***"}""")]
    [InlineData("""{"password":1234,"secret":true}""", """{"password":"***","secret":"***"}""")]
    [InlineData("""{"password":null,"a":null}""", """{"password":null,"a":null}""")]
    [InlineData("""{"password":"","a":"password"}""", """{"password":"***","a":"password"}""")]
    [InlineData("""{ "password" : "x" , "a" : [ ] }""", """{ "password" : "***" , "a" : [ ] }""")]
    [InlineData("""{"p\u0061ssword":"x"}""", """{"p\u0061ssword":"***"}""")]
    [InlineData("""{"\ud83d password":"x"}""", """{"\ud83d password":"***"}""")]
    public async Task Values_are_replaced_at_any_depth_and_a_null_stays(string given, string logged) =>
        Assert.Equal(logged, await RedactedLog.DetailsOfAsync(given));

    [Theory]
    [InlineData("iban", "IBAN", "i-ban", "i_b_a_n")]
    [InlineData("iban*", "iban", "IbanOfPayee")]
    [InlineData("*iban", "iban", "payee_iban")]
    [InlineData("card*number", "card_number", "CardNumber", "card_or_account_number")]
    [InlineData("*card*no*", "my-card-no-1")]
    [InlineData("contraseña", "CONTRASEÑA")]
    [InlineData("*", "anything", "")]
    public async Task A_pattern_matches_without_case_and_separators(string pattern, params string[] names)
    {
        foreach (var name in names)
            Assert.Equal($$"""{"{{name}}":"***"}""", await RedactedLog.DetailsOfAsync($$"""{"{{name}}":1}""", pattern));
    }

    [Theory]
    [InlineData("iban", "ibans", "my_iban", "ib an", "")]
    [InlineData("card*number", "number_of_card", "card_numbers", "carnumber")]
    [InlineData("aa*aa", "aaa")]
    [InlineData("a?c", "abc")]
    public async Task What_does_not_match_a_pattern_stays(string pattern, params string[] names)
    {
        foreach (var name in names)
            Assert.Equal($$"""{"{{name}}":1}""", await RedactedLog.DetailsOfAsync($$"""{"{{name}}":1}""", pattern));
    }

    [Fact]
    public async Task Names_are_added_to_the_defaults_and_none_are_left_after_Clear()
    {
        var jobEvent = new JobEvent("job", "set_by_hand") { Details = JobEventFields.Parse("""{"password":1,"iban":2}""") };
        var added = await RedactedLog.OfAsync(logger => logger.Log(jobEvent), keys => keys.Add("iban"));
        var cleared = await RedactedLog.OfAsync(logger => logger.Log(jobEvent), keys => keys.Clear());

        Assert.Equal("""{"password":"***","iban":"***"}""", added.Details.ToString());
        Assert.Equal(jobEvent.Details, cleared.Details);
    }

    [Fact]
    public async Task Long_names_and_large_details_are_looked_through()
    {
        var name = new string('x', 5000) + "Password";
        var many = string.Join(",", Enumerable.Range(0, 2000).Select(i => $$"""{"n":{{i}},"password":"p{{i}}"}"""));
        var details = await RedactedLog.DetailsOfAsync($$"""{"{{name}}":1,"many":[{{many}}]}""");

        Assert.StartsWith($$"""{"{{name}}":"***","many":[{"n":0,"password":"***"},""", details, StringComparison.Ordinal);
        Assert.Equal(2000, details.Split("\"password\":\"***\"").Length - 1);
    }

    [Fact]
    public async Task Fields_that_are_built_by_hand_count_as_set_by_hand()
    {
        var builder = new JobEventFieldsBuilder();
        builder.Add("password"u8, "hunter2");
        builder.Add("user"u8, "ada");
        var fields = builder.Build();
        var logged = await RedactedLog.OfAsync(logger => logger.LogSetByHand("job", fields, fields));

        Assert.Equal("""{"password":"***","user":"ada"}""", logged.Details.ToString());
        Assert.Equal("""{"password":"***","user":"ada"}""", logged.Metadata.ToString());
    }

    [Fact]
    public async Task Only_what_a_declaration_does_not_name_is_redacted_and_both_shapes_are_alike()
    {
        var headers = new Dictionary<string, Dictionary<string, int>> { ["a"] = new() { ["X-Api-Key"] = 1, ["b"] = 2 }, ["cookie"] = [] };
        var json = JsonElement.Parse("""[{"secret":{"a":1}},{"b":[{"token":"t"}]}]""");
        Login[] logins = [new("typed", new() { ["authorization"] = "Basic", ["accept"] = "*/*" })];
        var disguise = new Mask("dynamic", "red");
        var more = new Dictionary<string, string> { ["pwd"] = "x", ["c"] = "d" };

        var logged = await RedactedLog.OfAsync(
            logger => logger.LogSignedIn("job", 42, headers, json, logins, disguise, "tag", more));
        var made = await RedactedLog.OfAsync(
            logger => logger.Log(RedactionEvents.SignedIn("job", 42, headers, json, logins, disguise, "tag", more)));

        Assert.Equal(
            """
            {"access_token":42,"headers":{"a":{"X-Api-Key":"***","b":2},"cookie":"***"},"json":[{"secret":"***"},{"b":[{"token":"***"}]}],
            "logins":[{"cookie":"typed","headers":{"authorization":"***","accept":"*/*"}}],
            "disguise":{"$type":"mask","Password":"***","Color":"red"}}
            """.ReplaceLineEndings(""),
            logged.Details.ToString());
        Assert.Equal("""{"more":{"pwd":"***","c":"d"}}""", logged.Metadata.ToString());
        Assert.Equal("tag", logged.Tags["cookie"]);
        Assert.Equal((logged.Details, logged.Metadata), (made.Details, made.Metadata));
        Assert.Equal(logged.Tags, made.Tags);
    }

    [Fact]
    public async Task What_is_stored_or_serialized_without_a_logger_is_as_it_was()
    {
        var jobEvent = new JobEvent("job", "set_by_hand") { Details = JobEventFields.Parse("""{"password":"x"}""") };
        var store = new InMemoryJobEventStore();
        await store.AppendAsync([jobEvent], TestContext.Current.CancellationToken);

        Assert.Equal(jobEvent.Details, JobEvent.Parse(jobEvent.ToUtf8Json()).Details);
        var stored = await store.GetByJobAsync("job", cancellationToken: TestContext.Current.CancellationToken)
            .SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(jobEvent.Details, stored.Details);
    }
}

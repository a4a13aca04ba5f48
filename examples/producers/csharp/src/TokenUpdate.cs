using System.Text.Encodings.Web;
using System.Text.Json;

namespace Game.TokenUpdates;

/// <summary>
/// New metadata of tokens of one collection: a message on the refresh queue. Of two updates of one token, the one with
/// the later <paramref name="UpdatedAt"/> wins.
/// </summary>
public sealed record TokenUpdate(
    string ChainName, string ContractAddress, DateTimeOffset UpdatedAt, IReadOnlyList<Token> NftMetadata)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Japanese names as they are, not as escapes
    };

    /// <summary>The body of the queue message.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>The whole metadata of a token; null means that the token has none of it.</summary>
public sealed record Token(
    string TokenId,
    string? Name,
    string? Description,
    string? Image,
    string? ExternalUrl,
    string? AnimationUrl,
    string? YoutubeUrl,
    IReadOnlyList<TokenAttribute>? Attributes);

/// <summary>One trait. The value is a string, a number or a bool.</summary>
public sealed record TokenAttribute(string TraitType, object Value, string? DisplayType = null);

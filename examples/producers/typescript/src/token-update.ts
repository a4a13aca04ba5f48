// Made of events/token-update.schema.json by the script types of package.json.

export type TextOrNull = string | null;

/**
 * The body of a message on the refresh queue: new metadata of tokens of one collection. UTF-8, at most 1,020 KiB. What a schema cannot say and the function checks as well: no key twice in one object, at any depth; no token over 16 KiB (16,384 bytes); the chain is the environment's own; updated_at is neither before 2020 nor more than 5 minutes after the message was sent; token_id fits uint256; no field of a token or an attribute is a near miss of updated_at or display_type, such as updatedAt.
 */
export interface TokenUpdate {
  /**
   * imtbl-zkevm-testnet in sandbox, imtbl-zkevm-mainnet in production.
   */
  chain_name: "imtbl-zkevm-testnet" | "imtbl-zkevm-mainnet";
  /**
   * Address of the collection's contract, in any case.
   */
  contract_address: string;
  /**
   * When the producer made the update. Decides which of two updates of one token is newer. Left out: when the message was sent.
   */
  updated_at?: string | number;
  /**
   * The tokens, as many as fit the message, up to 10,000. Of one token twice, the later place is newer.
   *
   * @minItems 1
   * @maxItems 10000
   */
  nft_metadata: [Token, ...Token[]];
}
/**
 * The whole new metadata of one token: it replaces the old, so each field is there, with null for none. Other fields pass through, except a near miss of updated_at.
 */
export interface Token {
  /**
   * A uint256 in decimal; leading zeros do not make it another token. Its greatest value has 78 digits and begins with 1157, which the pattern knows as far as two digits.
   */
  token_id: string;
  name: TextOrNull;
  description: TextOrNull;
  image: TextOrNull;
  external_url: TextOrNull;
  animation_url: TextOrNull;
  youtube_url: TextOrNull;
  attributes: Attribute[] | null;
  /**
   * Of this token alone. Overrides the message's and is cut out before the token is sent.
   */
  updated_at?: string | number;
  [k: string]: unknown;
}
/**
 * Other fields pass through, except a near miss of display_type.
 */
export interface Attribute {
  display_type?: "number" | "boost_percentage" | "boost_number" | "date" | null;
  trait_type: string;
  value: string | number | boolean;
  [k: string]: unknown;
}

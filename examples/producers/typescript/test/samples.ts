import type { TokenUpdate } from "../src/token-update.js";

export const NOON = new Date("2026-11-23T12:00:00Z");

export function sword(tokenId: string, name = "Sword", updatedAt = NOON): TokenUpdate {
  return {
    chain_name: "imtbl-zkevm-testnet",
    contract_address: "0x00000000000000000000000000000000000000a2",
    updated_at: updatedAt.toISOString(),
    nft_metadata: [
      {
        token_id: tokenId,
        name,
        description: null,
        image: "https://assets.example.com/sword.png",
        external_url: null,
        animation_url: null,
        youtube_url: null,
        attributes: [{ display_type: "number", trait_type: "Power", value: 10 }],
      },
    ],
  };
}

export function swords(first: number, last: number): TokenUpdate[] {
  return Array.from({ length: last - first + 1 }, (_, index) => sword(String(first + index)));
}

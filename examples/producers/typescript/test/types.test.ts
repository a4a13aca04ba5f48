import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

test("the types are those of the JSON Schema", () => {
  const committed = readFileSync("src/token-update.ts", "utf8");
  execFileSync("npm", ["run", "--silent", "types"]);
  const made = readFileSync("src/token-update.ts", "utf8");
  assert.equal(committed, made, "src/token-update.ts was out of date; it is made anew: commit it");
});

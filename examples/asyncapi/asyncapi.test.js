import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const document = parse(read("docs/asyncapi.yaml"), { merge: true });
const updateSchema = JSON.parse(read("events/token-update.schema.json"));
const samples = read("events/token-updates.ndjson").split("\n").filter((line) => line !== "");

/** What an instance has against a schema, as a text; empty if nothing. */
function faults(ajv, schema, instance) {
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return validate(instance) ? "" : ajv.errorsText(validate.errors, { separator: "\n" });
}

const faultsOfUpdate = (update) => faults(new Ajv2020({ strict: false }), updateSchema, update);
const { messages, schemas } = document.components;

test("the document is valid AsyncAPI 3.0.0", () => {
  const specification = JSON.parse(readFileSync(new URL(import.meta.resolve("@asyncapi/specs/schemas/3.0.0.json"))));
  assert.equal(faults(new Ajv({ strict: false, meta: false, validateSchema: false }), specification, document), "");
});

test("each reference leads somewhere", () => {
  const lost = [];
  JSON.stringify(document, (key, value) => {
    if (key === "$ref" && value.startsWith("#/")) {
      const target = value.slice(2).split("/").reduce((at, name) => at?.[name], document);
      if (target === undefined) lost.push(value);
    }
    return value;
  });
  assert.deepEqual(lost, []);
  assert.equal(messages.tokenUpdate.payload.schema.$ref, "../events/token-update.schema.json");
});

test("the example of a token update is valid by the JSON Schema", () => {
  for (const { payload } of messages.tokenUpdate.examples) {
    assert.equal(faultsOfUpdate(payload), "");
  }
});

test("the example of a dead letter has valid attributes, and a body at fault", () => {
  for (const { headers, payload } of messages.deadLetter.examples) {
    assert.equal(faults(new Ajv(), schemas.deadLetterAttributes, headers), "");
    assert.notEqual(faultsOfUpdate(payload), "");
  }
});

test("the JSON Schema accepts and refuses the samples as events/README.md says", () => {
  // Line 14 is no JSON; what 15, 19 and 21 have wrong is beyond a schema.
  const refused = [16, 17, 18, 20];
  for (const [index, sample] of samples.entries()) {
    const line = index + 1;
    if (line === 14) {
      assert.throws(() => JSON.parse(sample));
    } else {
      assert.equal(faultsOfUpdate(JSON.parse(sample)) !== "", refused.includes(line), `line ${line}`);
    }
  }
  assert.equal(samples.length, 21);
});

test("each reason of the code is listed, in its order", () => {
  const code = read("function/src/main/java/dev/nftrefresh/update/RejectReason.java");
  const reasons = [...code.matchAll(/^ {4}([A-Z_]+),?$/gm)].map(([, reason]) => reason);
  assert.ok(reasons.length > 0);
  assert.deepEqual(schemas.deadLetterAttributes.properties.RejectReason.enum, reasons);
});

test("the queues are those of template.yaml", () => {
  const { Resources } = parse(read("template.yaml"), { logLevel: "error" }); // !Sub and the like become plain texts
  for (const [channel, resource] of [["refresh", "RefreshQueue"], ["deadLetters", "DeadLetterQueue"]]) {
    const { queue } = document.channels[channel].bindings.sqs;
    const deployed = Resources[resource].Properties;
    assert.equal(queue.name.replace("{stack}", "${AWS::StackName}"), deployed.QueueName);
    assert.equal(queue.messageRetentionPeriod, deployed.MessageRetentionPeriod);
    assert.equal(queue.redrivePolicy?.maxReceiveCount, deployed.RedrivePolicy?.maxReceiveCount);
  }
});

test("the version is the project's", () => {
  const [, version] = /<version>(.*)<\/version>/.exec(read("pom.xml"));
  assert.equal(document.info.version, version);
});

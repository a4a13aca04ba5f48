import { type SendMessageBatchCommandInput, SQSClient } from "@aws-sdk/client-sqs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { TokenUpdateProducer, UpdatesNotQueuedError } from "../src/producer.js";
import { sword, swords } from "./samples.js";

/** A client that answers 200 and refuses the messages of these ids, call by call. Nothing leaves the process. */
function partlyFailing(refusedIds: string[][], senderFault = false) {
  const sqs = new SQSClient({ region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } });
  const callSizes: number[] = [];
  const queued: string[] = [];
  sqs.middlewareStack.add(
    () => async (call) => {
      const entries = (call.input as SendMessageBatchCommandInput).Entries ?? [];
      const refused = new Set(refusedIds[callSizes.length] ?? []);
      callSizes.push(entries.length);
      queued.push(...entries.filter(({ Id }) => !refused.has(Id!)).map(({ MessageBody }) => MessageBody!));
      const Failed = [...refused].map((Id) => ({ Id, Code: "InternalError", SenderFault: senderFault }));
      return { output: { Failed, $metadata: {} }, response: {} };
    },
    { step: "initialize" },
  );
  return { producer: new TokenUpdateProducer(sqs, "https://sqs.example.com/refresh", 0), callSizes, queued };
}

const bodies = (updates: unknown[]) => updates.map((update) => JSON.stringify(update));

test("sends ten messages a call", async () => {
  const { producer, callSizes, queued } = partlyFailing([]);
  await producer.sendAll(swords(1, 25));
  assert.deepEqual(callSizes, [10, 10, 5]);
  assert.deepEqual(queued, bodies(swords(1, 25)));
});

test("sends no more than 1 MiB a call", async () => {
  const { producer, callSizes } = partlyFailing([]);
  const large = sword("1", "ä".repeat(200_000)); // 400,000 bytes: two fit into a call
  await producer.sendAll([large, large, large]);
  assert.deepEqual(callSizes, [2, 1]);
});

test("sends again what SQS refused", async () => {
  const { producer, callSizes, queued } = partlyFailing([["0", "2"], ["1"]]);
  await producer.sendAll(swords(1, 4));
  assert.deepEqual(callSizes, [4, 2, 1]);
  assert.deepEqual(queued.sort(), bodies(swords(1, 4)));
});

test("tells what SQS keeps refusing", async () => {
  const { producer, callSizes } = partlyFailing(Array(5).fill(["0"]));
  await assert.rejects(producer.sendAll(swords(1, 12)), (error) => {
    assert.ok(error instanceof UpdatesNotQueuedError);
    assert.deepEqual(error.updates, swords(1, 1));
    return /InternalError/.test(error.message);
  });
  assert.deepEqual(callSizes, [10, 1, 1, 1, 1, 2]);
});

test("does not send again what is itself at fault", async () => {
  const { producer, callSizes } = partlyFailing([["1"]], true);
  await assert.rejects(producer.sendAll(swords(1, 3)), UpdatesNotQueuedError);
  assert.deepEqual(callSizes, [3]);
});

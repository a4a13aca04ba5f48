import { SQSClient } from "@aws-sdk/client-sqs";
import { test } from "node:test";
import { TokenUpdateProducer } from "../src/producer.js";
import { NOON, sword, swords } from "./samples.js";

// Sends to the queue of `./nft-refresh run --listen`; `examples/test` starts it and looks at what arrives.
const queueUrl = process.env.REFRESH_QUEUE_URL;

test("queues one update and a batch", { skip: queueUrl === undefined }, async () => {
  const producer = new TokenUpdateProducer(new SQSClient(), queueUrl!);

  await producer.send(sword("1"));

  await producer.sendAll([
    ...swords(2, 26),
    sword("27", "Sharpened sword", new Date(NOON.getTime() + 1000)),
    sword("27", "Sword", NOON), // older, so it must not win
    sword("0x1c"), // refused by the function: the id is not decimal
  ]);
});

import { type SQSClient, SendMessageBatchCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { setTimeout as sleep } from "node:timers/promises";
import type { TokenUpdate } from "./token-update.js";

/** The limits of a SendMessageBatch call: 10 messages, 1 MiB together. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_048_576;
const ATTEMPTS = 5;

/** SQS did not take these updates. Sending them again is safe, and so is sending all of them again. */
export class UpdatesNotQueuedError extends Error {
  constructor(
    readonly updates: TokenUpdate[],
    reason: string,
  ) {
    super(`SQS did not take ${updates.length} updates; the last reason: ${reason}`);
    this.name = "UpdatesNotQueuedError";
  }
}

interface Message {
  update: TokenUpdate;
  body: string;
}

interface Failure {
  update: TokenUpdate;
  reason: string;
}

/** Puts token updates into the refresh queue. */
export class TokenUpdateProducer {
  /** @param firstWaitMs before a refused message is sent again; each further wait is twice as long */
  constructor(
    private readonly sqs: SQSClient,
    private readonly queueUrl: string,
    private readonly firstWaitMs = 100,
  ) {}

  /** Queues one update. */
  async send(update: TokenUpdate): Promise<void> {
    await this.sqs.send(new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody: JSON.stringify(update) }));
  }

  /** Queues many updates in as few calls as possible; throws UpdatesNotQueuedError if some could not be queued. */
  async sendAll(updates: TokenUpdate[]): Promise<void> {
    const failures: Failure[] = [];
    for (const batch of batches(updates)) {
      failures.push(...(await this.sendBatch(batch)));
    }
    const last = failures.at(-1);
    if (last) {
      throw new UpdatesNotQueuedError(
        failures.map((failure) => failure.update),
        last.reason,
      );
    }
  }

  /** A call can succeed and yet refuse some of its messages: these are sent again, unless they are at fault. */
  private async sendBatch(batch: Message[]): Promise<Failure[]> {
    const failures: Failure[] = [];
    let unsent = batch;
    for (let attempt = 1; unsent.length > 0; attempt++) {
      const sending = unsent;
      const entries = sending.map((message, index) => ({ Id: String(index), MessageBody: message.body }));
      const call = new SendMessageBatchCommand({ QueueUrl: this.queueUrl, Entries: entries });
      let answer;
      try {
        answer = await this.sqs.send(call);
      } catch (error) {
        // The SDK has tried several times.
        return failures.concat(sending.map(({ update }) => ({ update, reason: String(error) })));
      }
      unsent = [];
      for (const { Id, Code, Message, SenderFault } of answer.Failed ?? []) {
        const message = sending[Number(Id)]!;
        if (SenderFault || attempt === ATTEMPTS) {
          failures.push({ update: message.update, reason: `${Code}: ${Message}` });
        } else {
          unsent.push(message);
        }
      }
      if (unsent.length > 0) {
        await sleep(this.firstWaitMs * 2 ** (attempt - 1));
      }
    }
    return failures;
  }
}

function* batches(updates: TokenUpdate[]): Generator<Message[]> {
  let batch: Message[] = [];
  let bytes = 0;
  for (const update of updates) {
    const body = JSON.stringify(update);
    const size = Buffer.byteLength(body);
    if (batch.length > 0 && (batch.length === MAX_ENTRIES || bytes + size > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push({ update, body });
    bytes += size;
  }
  if (batch.length > 0) {
    yield batch;
  }
}

"""Puts token updates into the refresh queue."""

import json
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

# The limits of a SendMessageBatch call: 10 messages, 1 MiB together.
MAX_ENTRIES = 10
MAX_BYTES = 1_048_576
ATTEMPTS = 5

Update = dict[str, Any]
Message = tuple[Update, str]
Failure = tuple[Update, str]


class UpdatesNotQueuedError(Exception):
    """SQS did not take these updates. Sending them again is safe, and so is sending all of them again."""

    def __init__(self, failures: list[Failure]):
        super().__init__(f"SQS did not take {len(failures)} updates; the last reason: {failures[-1][1]}")
        self.updates = [update for update, _ in failures]


def token_update(chain_name: str, contract_address: str, updated_at: datetime, tokens: list[dict[str, Any]]) -> Update:
    """New metadata of tokens of one collection. Each token has all eight fields, with None where it has nothing."""
    if updated_at.tzinfo is None:
        raise ValueError(f"updated_at is {updated_at}, without a time zone; use datetime.now(timezone.utc)")
    return {
        "chain_name": chain_name,
        "contract_address": contract_address,
        "updated_at": updated_at.isoformat(),
        "nft_metadata": tokens,
    }


class TokenUpdateProducer:
    def __init__(self, sqs: Any, queue_url: str, first_wait: float = 0.1):
        """Uses boto3's SQS client. A refused message is sent again after first_wait seconds, then after twice as long."""
        self._sqs = sqs
        self._queue_url = queue_url
        self._first_wait = first_wait

    def send(self, update: Update) -> None:
        """Queues one update."""
        self._sqs.send_message(QueueUrl=self._queue_url, MessageBody=_body(update))

    def send_all(self, updates: Iterable[Update]) -> None:
        """Queues many updates in as few calls as possible; raises UpdatesNotQueuedError if some could not be queued."""
        failures = [failure for batch in _batches(updates) for failure in self._send_batch(batch)]
        if failures:
            raise UpdatesNotQueuedError(failures)

    def _send_batch(self, unsent: list[Message]) -> list[Failure]:
        """A call can succeed and yet refuse some of its messages: these are sent again, unless they are at fault."""
        failures: list[Failure] = []
        for attempt in range(1, ATTEMPTS + 1):
            entries = [{"Id": str(index), "MessageBody": body} for index, (_, body) in enumerate(unsent)]
            try:
                answer = self._sqs.send_message_batch(QueueUrl=self._queue_url, Entries=entries)
            except Exception as error:  # boto3 has tried several times
                return failures + [(update, repr(error)) for update, _ in unsent]
            again = []
            for entry in answer.get("Failed", []):
                message = unsent[int(entry["Id"])]
                if entry["SenderFault"] or attempt == ATTEMPTS:
                    failures.append((message[0], f"{entry['Code']}: {entry.get('Message')}"))
                else:
                    again.append(message)
            if not again:
                break
            unsent = again
            time.sleep(self._first_wait * 2 ** (attempt - 1))
        return failures


def _batches(updates: Iterable[Update]) -> Iterator[list[Message]]:
    batch: list[Message] = []
    size = 0
    for update in updates:
        body = _body(update)
        length = len(body.encode())
        if batch and (len(batch) == MAX_ENTRIES or size + length > MAX_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((update, body))
        size += length
    if batch:
        yield batch


def _body(update: Update) -> str:
    # Without allow_nan=False, NaN and Infinity would be written, which are no JSON.
    return json.dumps(update, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

import json
import os
import unittest
from datetime import datetime, timedelta, timezone

import boto3
from botocore.stub import Stubber

from token_updates import TokenUpdateProducer, UpdatesNotQueuedError, token_update

NOON = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)
QUEUE = "https://sqs.example.com/refresh"


def sword(token_id, name="Sword", updated_at=NOON):
    token = {
        "token_id": str(token_id),
        "name": name,
        "description": None,
        "image": "https://assets.example.com/sword.png",
        "external_url": None,
        "animation_url": None,
        "youtube_url": None,
        "attributes": [{"display_type": "number", "trait_type": "Power", "value": 10}],
    }
    return token_update("imtbl-zkevm-testnet", "0x00000000000000000000000000000000000000a3", updated_at, [token])


def swords(first, last):
    return [sword(token_id) for token_id in range(first, last + 1)]


class TokenUpdateProducerTest(unittest.TestCase):
    def setUp(self):
        self.sqs = boto3.client("sqs", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
        self.stubber = Stubber(self.sqs)
        self.stubber.activate()
        self.producer = TokenUpdateProducer(self.sqs, QUEUE, first_wait=0)

    def expect_call(self, updates, refused=(), sender_fault=False):
        """The next call has the messages of these updates, and SQS refuses those of these positions."""
        entries = [{"Id": str(index), "MessageBody": Body(update)} for index, update in enumerate(updates)]
        queued = [index for index in range(len(updates)) if index not in refused]
        self.stubber.add_response(
            "send_message_batch",
            {
                "Successful": [{"Id": str(index), "MessageId": "m", "MD5OfMessageBody": "d"} for index in queued],
                "Failed": [
                    {"Id": str(index), "Code": "InternalError", "SenderFault": sender_fault} for index in refused
                ],
            },
            {"QueueUrl": QUEUE, "Entries": entries},
        )

    def test_sends_ten_messages_a_call(self):
        self.expect_call(swords(1, 10))
        self.expect_call(swords(11, 20))
        self.expect_call(swords(21, 25))
        self.producer.send_all(swords(1, 25))
        self.stubber.assert_no_pending_responses()

    def test_sends_no_more_than_1_mib_a_call(self):
        large = sword(1, "ä" * 200_000)  # 400,000 bytes: two fit into a call
        self.expect_call([large, large])
        self.expect_call([large])
        self.producer.send_all([large, large, large])
        self.stubber.assert_no_pending_responses()

    def test_sends_again_what_sqs_refused(self):
        self.expect_call(swords(1, 4), refused=[0, 2])
        self.expect_call([sword(1), sword(3)], refused=[1])
        self.expect_call([sword(3)])
        self.producer.send_all(swords(1, 4))
        self.stubber.assert_no_pending_responses()

    def test_tells_what_sqs_keeps_refusing(self):
        self.expect_call(swords(1, 10), refused=[0])
        for _ in range(4):
            self.expect_call([sword(1)], refused=[0])
        self.expect_call(swords(11, 12))
        with self.assertRaisesRegex(UpdatesNotQueuedError, "InternalError") as raised:
            self.producer.send_all(swords(1, 12))
        self.assertEqual([sword(1)], raised.exception.updates)
        self.stubber.assert_no_pending_responses()

    def test_does_not_send_again_what_is_itself_at_fault(self):
        self.expect_call(swords(1, 3), refused=[1], sender_fault=True)
        with self.assertRaises(UpdatesNotQueuedError) as raised:
            self.producer.send_all(swords(1, 3))
        self.assertEqual([sword(2)], raised.exception.updates)

    def test_tells_what_a_failed_call_left_out(self):
        self.stubber.add_client_error("send_message_batch", "AWS.SimpleQueueService.NonExistentQueue")
        self.expect_call(swords(11, 12))
        with self.assertRaisesRegex(UpdatesNotQueuedError, "NonExistentQueue") as raised:
            self.producer.send_all(swords(1, 12))
        self.assertEqual(swords(1, 10), raised.exception.updates)

    def test_wants_a_time_zone(self):
        with self.assertRaisesRegex(ValueError, "without a time zone"):
            sword(1, updated_at=datetime(2026, 11, 23))


class Body:
    """Equals the JSON text of an update, however it is spaced."""

    def __init__(self, update):
        self.update = update

    def __eq__(self, text):
        return json.loads(text) == self.update


@unittest.skipUnless("REFRESH_QUEUE_URL" in os.environ, "no REFRESH_QUEUE_URL")
class LocalQueueTest(unittest.TestCase):
    """Sends to the queue of `./nft-refresh run --listen`; `examples/test` starts it and looks at what arrives."""

    def test_queues_one_update_and_a_batch(self):
        sqs = boto3.client("sqs", region_name=os.environ["AWS_REGION"])
        producer = TokenUpdateProducer(sqs, os.environ["REFRESH_QUEUE_URL"])

        producer.send(sword(1))

        producer.send_all(
            swords(2, 26)
            + [
                sword(27, "Sharpened sword", NOON + timedelta(seconds=1)),
                sword(27, "Sword", NOON),  # older, so it must not win
                sword("0x1c"),  # refused by the function: the id is not decimal
            ]
        )


if __name__ == "__main__":
    unittest.main()

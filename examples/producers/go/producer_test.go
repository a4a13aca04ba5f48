package tokenupdates

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func sword(tokenID, name string, updatedAt time.Time) Update {
	return Update{
		ChainName:       "imtbl-zkevm-testnet",
		ContractAddress: "0x00000000000000000000000000000000000000a4",
		UpdatedAt:       updatedAt,
		NFTMetadata: []Token{{
			TokenID:    tokenID,
			Name:       &name,
			Image:      aws.String("https://assets.example.com/sword.png"),
			Attributes: []Attribute{{DisplayType: aws.String("number"), TraitType: "Power", Value: 10}},
		}},
	}
}

func swords(first, last int) []Update {
	var updates []Update
	for id := first; id <= last; id++ {
		updates = append(updates, sword(strconv.Itoa(id), "Sword", noon))
	}
	return updates
}

// partlyFailingSQS succeeds and refuses the messages of these ids, call by call.
type partlyFailingSQS struct {
	SQS
	refusedIDs  [][]string
	senderFault bool
	callSizes   []int
	queued      []string
}

func (s *partlyFailingSQS) SendMessageBatch(
	_ context.Context, call *sqs.SendMessageBatchInput, _ ...func(*sqs.Options),
) (*sqs.SendMessageBatchOutput, error) {
	var refused []string
	if len(s.callSizes) < len(s.refusedIDs) {
		refused = s.refusedIDs[len(s.callSizes)]
	}
	s.callSizes = append(s.callSizes, len(call.Entries))
	answer := &sqs.SendMessageBatchOutput{}
	for _, entry := range call.Entries {
		if slices.Contains(refused, *entry.Id) {
			answer.Failed = append(answer.Failed, types.BatchResultErrorEntry{
				Id: entry.Id, Code: aws.String("InternalError"), SenderFault: s.senderFault,
			})
		} else {
			s.queued = append(s.queued, *entry.MessageBody)
		}
	}
	return answer, nil
}

func sendAll(s *partlyFailingSQS, updates []Update) error {
	producer := Producer{SQS: s, QueueURL: "https://sqs.example.com/refresh"}
	return producer.SendAll(context.Background(), updates)
}

func bodies(t *testing.T, updates []Update) []string {
	t.Helper()
	var bodies []string
	for _, update := range updates {
		body, err := json.Marshal(update)
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, string(body))
	}
	return bodies
}

func expect[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestSendsTenMessagesACall(t *testing.T) {
	s := &partlyFailingSQS{}
	expect(t, "error", sendAll(s, swords(1, 25)), nil)
	expect(t, "calls", s.callSizes, []int{10, 10, 5})
	expect(t, "queued", s.queued, bodies(t, swords(1, 25)))
}

func TestSendsNoMoreThanOneMebibyteACall(t *testing.T) {
	s := &partlyFailingSQS{}
	large := sword("1", strings.Repeat("ä", 200_000), noon) // 400,000 bytes: two fit into a call
	expect(t, "error", sendAll(s, []Update{large, large, large}), nil)
	expect(t, "calls", s.callSizes, []int{2, 1})
}

func TestSendsAgainWhatSQSRefused(t *testing.T) {
	s := &partlyFailingSQS{refusedIDs: [][]string{{"0", "2"}, {"1"}}}
	expect(t, "error", sendAll(s, swords(1, 4)), nil)
	expect(t, "calls", s.callSizes, []int{4, 2, 1})
	slices.Sort(s.queued)
	expect(t, "queued", s.queued, bodies(t, swords(1, 4)))
}

func TestTellsWhatSQSKeepsRefusing(t *testing.T) {
	s := &partlyFailingSQS{refusedIDs: [][]string{{"0"}, {"0"}, {"0"}, {"0"}, {"0"}}}
	err := sendAll(s, swords(1, 12))
	expect(t, "calls", s.callSizes, []int{10, 1, 1, 1, 1, 2})
	var notQueued *NotQueuedError
	if !errors.As(err, &notQueued) {
		t.Fatalf("got %v, want a NotQueuedError", err)
	}
	expect(t, "not queued", notQueued.Updates, swords(1, 1))
}

func TestDoesNotSendAgainWhatIsItselfAtFault(t *testing.T) {
	s := &partlyFailingSQS{refusedIDs: [][]string{{"1"}}, senderFault: true}
	var notQueued *NotQueuedError
	if err := sendAll(s, swords(1, 3)); !errors.As(err, &notQueued) {
		t.Fatalf("got %v, want a NotQueuedError", err)
	}
	expect(t, "calls", s.callSizes, []int{3})
	expect(t, "not queued", notQueued.Updates, swords(2, 2))
}

// Sends to the queue of `./nft-refresh run --listen`; `examples/test` starts it and looks at what arrives.
func TestQueuesOneUpdateAndABatch(t *testing.T) {
	queueURL := os.Getenv("REFRESH_QUEUE_URL")
	if queueURL == "" {
		t.Skip("no REFRESH_QUEUE_URL")
	}
	settings, err := config.LoadDefaultConfig(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	producer := Producer{SQS: sqs.NewFromConfig(settings), QueueURL: queueURL, FirstWait: 100 * time.Millisecond}

	if err := producer.Send(t.Context(), sword("1", "Sword", noon)); err != nil {
		t.Fatal(err)
	}

	updates := append(swords(2, 26),
		sword("27", "Sharpened sword", noon.Add(time.Second)),
		sword("27", "Sword", noon),   // older, so it must not win
		sword("0x1c", "Sword", noon)) // refused by the function: the id is not decimal
	if err := producer.SendAll(t.Context(), updates); err != nil {
		t.Fatal(err)
	}
}

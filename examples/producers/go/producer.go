// Package tokenupdates puts token updates into the refresh queue.
package tokenupdates

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

// The limits of a SendMessageBatch call: 10 messages, 1 MiB together.
const (
	maxEntries = 10
	maxBytes   = 1_048_576
	attempts   = 5
)

// Update is new metadata of tokens of one collection: a message on the refresh queue. Of two updates of one token, the
// one with the later UpdatedAt wins.
type Update struct {
	ChainName       string    `json:"chain_name"`
	ContractAddress string    `json:"contract_address"`
	UpdatedAt       time.Time `json:"updated_at"`
	NFTMetadata     []Token   `json:"nft_metadata"`
}

// Token is the whole metadata of a token; nil means that the token has none of it. So there is no omitempty.
type Token struct {
	TokenID      string      `json:"token_id"`
	Name         *string     `json:"name"`
	Description  *string     `json:"description"`
	Image        *string     `json:"image"`
	ExternalURL  *string     `json:"external_url"`
	AnimationURL *string     `json:"animation_url"`
	YouTubeURL   *string     `json:"youtube_url"`
	Attributes   []Attribute `json:"attributes"`
}

// Attribute is one trait. Value is a string, a number or a bool.
type Attribute struct {
	DisplayType *string `json:"display_type"`
	TraitType   string  `json:"trait_type"`
	Value       any     `json:"value"`
}

// NotQueuedError says that SQS did not take some updates. Sending them again is safe, and so is sending all of them again.
type NotQueuedError struct {
	Updates []Update
	Last    error
}

func (e *NotQueuedError) Error() string {
	return fmt.Sprintf("SQS did not take %d updates; the last reason: %v", len(e.Updates), e.Last)
}

func (e *NotQueuedError) Unwrap() error { return e.Last }

// SQS is what a Producer needs of an *sqs.Client.
type SQS interface {
	SendMessage(context.Context, *sqs.SendMessageInput, ...func(*sqs.Options)) (*sqs.SendMessageOutput, error)
	SendMessageBatch(context.Context, *sqs.SendMessageBatchInput, ...func(*sqs.Options)) (*sqs.SendMessageBatchOutput, error)
}

// Producer puts updates into the queue of QueueURL.
type Producer struct {
	SQS      SQS
	QueueURL string
	// FirstWait is the time before a refused message is sent again; each further wait is twice as long.
	FirstWait time.Duration
}

type message struct {
	update Update
	body   string
}

// Send queues one update.
func (p *Producer) Send(ctx context.Context, update Update) error {
	body, err := json.Marshal(update)
	if err != nil {
		return fmt.Errorf("update of %s is no JSON: %w", update.ContractAddress, err)
	}
	_, err = p.SQS.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: &p.QueueURL, MessageBody: aws.String(string(body))})
	return err
}

// SendAll queues many updates in as few calls as possible. If some could not be queued, it returns a *NotQueuedError.
func (p *Producer) SendAll(ctx context.Context, updates []Update) error {
	notQueued := &NotQueuedError{}
	var batch []message
	size := 0
	for _, update := range updates {
		body, err := json.Marshal(update)
		if err != nil {
			notQueued.add(update, err)
			continue
		}
		if len(batch) == maxEntries || size+len(body) > maxBytes {
			p.sendBatch(ctx, batch, notQueued)
			batch, size = nil, 0
		}
		batch = append(batch, message{update, string(body)})
		size += len(body)
	}
	p.sendBatch(ctx, batch, notQueued)
	if len(notQueued.Updates) > 0 {
		return notQueued
	}
	return nil
}

// sendBatch sends again what a call refused although it succeeded, unless a message is itself at fault.
func (p *Producer) sendBatch(ctx context.Context, unsent []message, notQueued *NotQueuedError) {
	for attempt := 1; len(unsent) > 0; attempt++ {
		answer, err := p.SQS.SendMessageBatch(ctx, &sqs.SendMessageBatchInput{QueueUrl: &p.QueueURL, Entries: entries(unsent)})
		if err != nil { // The SDK has tried several times.
			for _, m := range unsent {
				notQueued.add(m.update, err)
			}
			return
		}
		var again []message
		for _, failed := range answer.Failed {
			index, _ := strconv.Atoi(*failed.Id) // one of ours
			if failed.SenderFault || attempt == attempts {
				notQueued.add(unsent[index].update, fmt.Errorf("%s: %s", aws.ToString(failed.Code), aws.ToString(failed.Message)))
			} else {
				again = append(again, unsent[index])
			}
		}
		unsent = again
		if len(unsent) > 0 {
			wait(ctx, p.FirstWait<<(attempt-1))
		}
	}
}

func entries(messages []message) []types.SendMessageBatchRequestEntry {
	var entries []types.SendMessageBatchRequestEntry
	for index, m := range messages {
		entries = append(entries, types.SendMessageBatchRequestEntry{
			Id: aws.String(strconv.Itoa(index)), MessageBody: aws.String(m.body),
		})
	}
	return entries
}

// wait ends early when the context does; the next call then says so.
func wait(ctx context.Context, pause time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(pause):
	}
}

func (e *NotQueuedError) add(update Update, reason error) {
	e.Updates = append(e.Updates, update)
	e.Last = reason
}

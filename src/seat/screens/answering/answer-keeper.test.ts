import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Refusal } from '../../../base/result.ts';
import type { ItemResponses } from '../../../exam/paper/response.ts';
import type { KeptChange } from '../../contract.ts';
import { AnswerKeeper, type KeeperOptions, type Sending } from './answer-keeper.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An agent that keeps what it takes, and fails, refuses or does not answer when it is told to. */
class FakeAgent {
  readonly taken: Sending[] = [];
  tries = 0;
  #refusals: (Refusal | 'silence')[] = [];
  #held: (() => void)[] | null = null;

  failNext(...refusals: (Refusal | 'silence')[]): void {
    this.#refusals.push(...refusals);
  }

  /** What comes from now on is answered by `release`. */
  hold(): void {
    this.#held = [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const answer of held) answer();
  }

  readonly send = (sending: Sending, signal: AbortSignal): Promise<KeptChange> =>
    new Promise((resolve, reject) => {
      this.tries++;
      const fails = this.#refusals.shift();
      signal.addEventListener('abort', () => reject(new Refused({ type: 'agent-away' })));
      if (fails === 'silence') return;
      if (fails) {
        reject(new Refused(fails));
        return;
      }
      const answer = (): void => {
        this.taken.push(structuredClone(sending));
        resolve({ kept: 'seat', change: this.taken.length });
      };
      if (this.#held) this.#held.push(answer);
      else answer();
    });

  get kept(): Record<string, ItemResponses> {
    return Object.fromEntries(this.taken.map(({ item, responses }) => [item, responses]));
  }
}

class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.type);
    this.refusal = refusal;
  }
}

function keeperOf(fake: FakeAgent, options: Partial<KeeperOptions> = {}): AnswerKeeper {
  return new AnswerKeeper({
    send: fake.send,
    refusalOf: (error) => (error as Refused).refusal,
    responses: {},
    ...options,
  });
}

const away: Refusal = { type: 'agent-away' };

function type(keeper: AnswerKeeper, text: string, item = 'essay'): void {
  for (let end = 1; end <= text.length; end++) keeper.change(item, 'RESPONSE', text.slice(0, end), 'typed');
}

test('a choice is sent at once, and typed text after two seconds of rest', async () => {
  const fake = new FakeAgent();
  const keeper = keeperOf(fake);
  keeper.change('choice', 'RESPONSE', 'A', 'chosen');
  type(keeper, 'text');
  await vi.advanceTimersByTimeAsync(10);
  expect(fake.taken.map(({ item }) => item)).toEqual(['choice']);
  expect(keeper.keptOf('essay')).toBe('typed');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(fake.kept).toEqual({ choice: { RESPONSE: 'A' }, essay: { RESPONSE: 'text' } });
  expect(keeper.keptOf('essay')).toBe('seat');
  expect(keeper.view().unsent).toBe(0);
});

test('who types without a pause is kept every ten seconds all the same', async () => {
  const fake = new FakeAgent();
  const keeper = keeperOf(fake);
  let text = '';
  for (let second = 0; second < 25; second++) {
    text += 'x';
    keeper.change('essay', 'RESPONSE', text, 'typed');
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(fake.taken.length).toBeGreaterThanOrEqual(2);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(fake.kept).toEqual({ essay: { RESPONSE: text } });
});

test('nothing is lost while the agent is away, and the newest text is kept when it is back', async () => {
  const fake = new FakeAgent();
  fake.failNext(...Array.from({ length: 20 }, () => away));
  const keeper = keeperOf(fake);
  type(keeper, 'before');
  await vi.advanceTimersByTimeAsync(9_000);
  expect(keeper.view().trouble).toBeNull();
  type(keeper, 'before and after');
  await vi.advanceTimersByTimeAsync(6_000);
  expect(keeper.view().trouble).toEqual(away);
  expect(keeper.view().overall).toBe('typed');
  await vi.advanceTimersByTimeAsync(20_000);
  expect(fake.kept).toEqual({ essay: { RESPONSE: 'before and after' } });
  expect(keeper.view()).toMatchObject({ unsent: 0, trouble: null, overall: 'seat' });
});

test('typing while the agent is away does not ask it with every key', async () => {
  const fake = new FakeAgent();
  fake.failNext(...Array.from({ length: 500 }, () => away));
  const keeper = keeperOf(fake);
  for (let key = 1; key <= 100; key++) {
    keeper.change('essay', 'RESPONSE', 'x'.repeat(key), 'typed');
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(fake.tries).toBeLessThanOrEqual(10);
});

test('a try that gets no answer is given up and made again', async () => {
  const fake = new FakeAgent();
  fake.failNext('silence');
  // The fake clock does not move the platform's own timeout.
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), ms);
    return controller.signal;
  });
  const keeper = keeperOf(fake);
  keeper.change('choice', 'RESPONSE', 'A', 'chosen');
  await vi.advanceTimersByTimeAsync(12_000);
  timeout.mockRestore();
  expect(fake.kept).toEqual({ choice: { RESPONSE: 'A' } });
});

test('changes of one item go one after the other, and the last one wins', async () => {
  const fake = new FakeAgent();
  const keeper = keeperOf(fake);
  fake.hold();
  keeper.change('choice', 'RESPONSE', 'A', 'chosen');
  await vi.advanceTimersByTimeAsync(0);
  keeper.change('choice', 'RESPONSE', 'B', 'chosen');
  await vi.advanceTimersByTimeAsync(0);
  keeper.change('choice', 'RESPONSE', 'C', 'chosen');
  await vi.advanceTimersByTimeAsync(0);
  expect(fake.tries).toBe(1);
  expect(keeper.keptOf('choice')).toBe('typed');
  fake.release();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(fake.taken.map(({ responses }) => responses['RESPONSE'])).toEqual(['A', 'C']);
  expect(fake.taken.map(({ number }) => number)).toEqual([1, 3]);
});

test('a flush resolves only when the change that came meanwhile is kept, too', async () => {
  const fake = new FakeAgent();
  const keeper = keeperOf(fake);
  fake.hold();
  type(keeper, 'one');
  const flushed = keeper.flush();
  type(keeper, 'one two');
  fake.release();
  expect(await flushed).toBe(true);
  expect(fake.kept).toEqual({ essay: { RESPONSE: 'one two' } });
});

test('a flush says that it did not succeed, and the change is still tried again', async () => {
  const fake = new FakeAgent();
  fake.failNext(away, away);
  const keeper = keeperOf(fake);
  type(keeper, 'text');
  expect(await keeper.flush()).toBe(false);
  await vi.advanceTimersByTimeAsync(1_100);
  expect(fake.kept).toEqual({ essay: { RESPONSE: 'text' } });
});

test('shortly before the end nothing waits for a rest', async () => {
  const fake = new FakeAgent();
  const keeper = keeperOf(fake);
  type(keeper, 'fir');
  keeper.hurry();
  await vi.advanceTimersByTimeAsync(0);
  expect(fake.kept).toEqual({ essay: { RESPONSE: 'fir' } });
  type(keeper, 'first');
  await vi.advanceTimersByTimeAsync(0);
  expect(fake.kept).toEqual({ essay: { RESPONSE: 'first' } });
});

test('what comes too late is not asked for again and again, and stays visible as not kept', async () => {
  const fake = new FakeAgent();
  fake.failNext({ type: 'time-over' });
  const keeper = keeperOf(fake);
  keeper.change('choice', 'RESPONSE', 'A', 'chosen');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fake.tries).toBe(1);
  expect(keeper.view()).toMatchObject({ unsent: 1, tooLate: true });
});

test('a page that goes away hands over everything that is not kept', async () => {
  const fake = new FakeAgent();
  const keeper = keeperOf(fake);
  keeper.change('choice', 'RESPONSE', 'A', 'chosen');
  await vi.advanceTimersByTimeAsync(0);
  type(keeper, 'text');
  expect(keeper.unsent()).toEqual([{ item: 'essay', responses: { RESPONSE: 'text' }, number: 4 }]);
});

test('"kept by the room" is believed only for the newest change', async () => {
  const fake = new FakeAgent();
  const keeper = keeperOf(fake);
  keeper.change('choice', 'RESPONSE', 'A', 'chosen');
  await vi.advanceTimersByTimeAsync(0);
  keeper.takeState({ kept: { choice: { kept: 'room', change: 1 } } });
  expect(keeper.keptOf('choice')).toBe('room');
  keeper.change('choice', 'RESPONSE', 'B', 'chosen');
  expect(keeper.keptOf('choice')).toBe('typed');
  await vi.advanceTimersByTimeAsync(0);
  // Said before the second change, and heard after it.
  keeper.takeState({ kept: { choice: { kept: 'room', change: 1 } } });
  expect(keeper.keptOf('choice')).toBe('seat');
  keeper.takeState({ kept: { choice: { kept: 'room', change: 2 } } });
  expect(keeper.keptOf('choice')).toBe('room');
});

test('an answer from a second screen of the seat is noticed and taken, but never over what was typed here', async () => {
  const fake = new FakeAgent();
  const keeper = keeperOf(fake);
  keeper.change('choice', 'RESPONSE', 'A', 'chosen');
  await vi.advanceTimersByTimeAsync(0);
  expect(keeper.takeState({ kept: { choice: { kept: 'seat', change: 1 } } })).toBe(false);
  const later = { choice: { kept: 'seat', change: 7 }, essay: { kept: 'seat', change: 8 } } as const;
  expect(keeper.takeState({ kept: later })).toBe(true);
  type(keeper, 'mine');
  keeper.adopt({ choice: { RESPONSE: 'D' }, essay: { RESPONSE: 'theirs' } }, later);
  expect(keeper.view().responses).toEqual({ choice: { RESPONSE: 'D' }, essay: { RESPONSE: 'mine' } });
  expect(keeper.takeState({ kept: later })).toBe(false);
});

test.each([3_600_000, -3_600_000])('a clock that jumps by %d ms loses nothing', async (jump) => {
  const fake = new FakeAgent();
  let offset = 0;
  const keeper = keeperOf(fake, { now: () => performance.now() + offset });
  type(keeper, 'be');
  offset = jump;
  type(keeper, 'before and after');
  await vi.advanceTimersByTimeAsync(2_100);
  expect(fake.kept).toEqual({ essay: { RESPONSE: 'before and after' } });
});

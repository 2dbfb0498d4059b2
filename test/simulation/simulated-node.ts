/** One node of the simulation: the product's own ledger, shipping and healing, over a fake disk, clock and network. */
import { newId } from '../../src/base/ids.ts';
import type { Entry, Head, StoredEntry } from '../../src/journal/entry.ts';
import { FakeEntryStore, PowerCut, type Snapshot } from '../../src/journal/fake-entry-store.ts';
import { forkedOf } from '../../src/courier/https/kept-journal.ts';
import { ok, refuse, type Result } from '../../src/base/result.ts';
import { heal, type Chain } from '../../src/journal/heal.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { chainKey, Ledger, type Opening, type Outcome, type Request } from '../../src/journal/ledger.ts';
import { runsOf } from '../../src/journal/segment.ts';
import { createShipper, type Shipper } from '../../src/journal/ship.ts';
import type { Network, Random, Schedule } from './world.ts';

export type Message =
  | { readonly type: 'hello'; readonly heads: readonly Head[] }
  | { readonly type: 'hello-answer'; readonly holds: readonly Head[]; readonly forked: readonly Chain[] }
  | { readonly type: 'push'; readonly number: number; readonly entries: readonly StoredEntry[] }
  | {
      readonly type: 'push-answer';
      readonly number: number;
      readonly chains: readonly (Chain & { readonly head: Head | null; readonly problem: string | null })[];
    }
  | { readonly type: 'fetch'; readonly number: number; readonly chain: Chain; readonly afterSeq: number }
  | { readonly type: 'fetched'; readonly number: number; readonly entries: readonly StoredEntry[] };

interface Waiting {
  readonly request: Request | (() => Request);
  readonly done: (outcome: Outcome) => void;
  /** The disk refused. */
  readonly failed?: (error: Error) => void;
}

export class SimulatedNode {
  readonly id: string;
  readonly disk = new FakeEntryStore();
  /** Chains of which two copies differ, as this node found out. */
  readonly alarms = new Set<string>();
  up = false;
  /** False once a disk came back on which another life went on than the one that was left before: nothing says which of them is newer. */
  oneLife = true;
  onAcknowledged: (head: Head) => void = () => undefined;
  readonly #parent: SimulatedNode | null;
  readonly #schedule: Schedule;
  readonly #network: Network;
  readonly #random: Random;
  readonly #children: SimulatedNode[] = [];
  /** Of the running process; gone with it. */
  #ledger: Ledger;
  #shipper: Shipper;
  #waiting: Waiting[] = [];
  #run = 0;
  #committing = false;
  #pushing = false;
  /** Questions to the parent are numbered: an answer that comes twice is one answer. */
  #asked = 0;
  #pushed = 0;
  #healing = false;
  #fetching: { readonly number: number; readonly done: (kept: Result<StoredEntry[]>) => void } | null = null;
  #forkedAbove: readonly Chain[] = [];
  readonly #remembered: { readonly disk: Snapshot; ofLeftLife: boolean }[] = [];

  constructor(
    id: string,
    parent: SimulatedNode | null,
    world: { schedule: Schedule; network: Network; random: Random },
  ) {
    this.id = id;
    this.#parent = parent;
    if (parent) parent.#children.push(this);
    ({ schedule: this.#schedule, network: this.#network, random: this.#random } = world);
    this.#ledger = this.#openLedger();
    this.#shipper = this.#openShipper();
  }

  start(): void {
    if (this.up) return;
    this.up = true;
    this.#run++;
    this.#waiting = [];
    this.#committing = this.#pushing = this.#healing = false;
    this.#fetching = null;
    this.#forkedAbove = [];
    this.disk.recover();
    this.#ledger = this.#openLedger();
    this.#shipper = this.#openShipper();
    if (this.disk.currentEpoch(this.id) !== null) this.#beat();
    else
      this.#request(
        { open: { ...nothingBefore(), epoch: newId(), reason: 'first-start', at: this.#now() } },
        () => this.#beat(),
      );
  }

  /** SIGKILL or a power cut: memory is gone, the disk keeps what was synced. */
  kill(): void {
    this.up = false;
    this.#run++;
  }

  /** Of a disk that the node has begun to write: who begins anew on an empty one has no keys, and is another node. */
  remember(): void {
    if (this.disk.currentEpoch(this.id) !== null)
      this.#remembered.push({ disk: this.disk.snapshot(), ofLeftLife: false });
  }

  /** The disk as it was at some remembered moment. */
  putBackOlder(): boolean {
    const chosen = this.#random.below(Math.max(1, this.#remembered.length));
    const older = this.#remembered[chosen];
    if (!older) return false;
    this.kill();
    this.disk.putBack(older.disk);
    this.oneLife &&= !older.ofLeftLife;
    for (const later of this.#remembered.slice(chosen + 1)) later.ofLeftLife = true;
    return true;
  }

  append(payload: string, kept: (entry: Entry) => void): void {
    if (!this.up) return;
    const draft = { kind: 'answer-changed', subject: 'sitting-1', data: {}, payload };
    this.#request({ own: { drafts: [draft], at: this.#now() } }, (outcome) => {
      for (const { entry } of outcome.entries) kept(entry);
    });
  }

  heads(): Head[] {
    return this.disk.heads();
  }

  payloads(): Set<string> {
    return new Set(
      this.disk
        .rows()
        .flatMap(({ stored }) => (stored.payload === null ? [] : [JSON.parse(stored.payload) as string])),
    );
  }

  /** @param answer goes to the process that asked, and to nobody when that is gone. */
  receive(message: Message, from: SimulatedNode, answer: (message: Message) => void): void {
    if (!this.up) return;
    switch (message.type) {
      case 'hello':
        return answer({
          type: 'hello-answer',
          holds: this.#holdsOf(from),
          forked: forkedOf(this.disk, message.heads, this.#forkedAbove),
        });
      case 'push':
        return this.#keepPushed(message, answer);
      case 'fetch':
        return answer({
          type: 'fetched',
          number: message.number,
          entries: this.disk.ofOrigin(message.chain.origin, message.chain.epoch, message.afterSeq, 1_000),
        });
      case 'hello-answer':
        return this.#greeted(message.holds, message.forked, from);
      case 'push-answer':
        return this.#pushAnswered(message);
      case 'fetched':
        if (message.number !== this.#fetching?.number) return;
        return this.#endFetching(ok([...message.entries]));
    }
  }

  /** One answer for all chains, as over the wire. */
  #keepPushed(push: Extract<Message, { type: 'push' }>, answer: (message: Message) => void): void {
    const { number } = push;
    const runs = runsOf(push.entries) ?? [];
    const chains: Extract<Message, { type: 'push-answer' }>['chains'][number][] = [];
    for (const { entries: run, origin, epoch } of runs)
      this.#request({ foreign: run, whole: false }, ({ head, problem }) => {
        if (problem === 'fork') this.alarms.add(chainKey({ origin, epoch }));
        chains.push({ origin, epoch, head, problem });
        if (chains.length === runs.length) answer({ type: 'push-answer', number, chains });
      });
  }

  #pushAnswered({ number, chains }: Extract<Message, { type: 'push-answer' }>): void {
    let forks = false;
    for (const { head, problem, ...chain } of chains) {
      this.#shipper.acknowledged(chain, head);
      if (problem === 'fork') {
        forks = true;
        this.alarms.add(chainKey(chain));
        this.#shipper.forked(chain);
      } else if (head) this.onAcknowledged(head);
    }
    if (number !== this.#pushed) return;
    this.#pushing = false;
    if (forks) this.#sayHello();
    else this.#push();
  }

  /** What an uplink does with its parent's answer: the product's own healing, one at a time. */
  #greeted(holds: readonly Head[], told: readonly Chain[], parent: SimulatedNode): void {
    if (this.#healing) return;
    this.#healing = true;
    const run = this.#run;
    for (const chain of told) this.alarms.add(chainKey(chain));
    const fetchKept = (chain: Chain, afterSeq: number): Promise<Result<StoredEntry[]>> =>
      new Promise((done) => {
        const number = ++this.#asked;
        this.#fetching = { number, done };
        this.#send(parent, { type: 'fetch', number, chain, afterSeq });
      });
    void heal(this.#journal(), holds, told, fetchKept)
      .catch((error: Error) => {
        if (!diskRefused(error)) throw error;
        return refuse({ type: 'journal-failed' });
      })
      .then((healed) => {
        if (run !== this.#run) return;
        this.#healing = false;
        if (!healed.ok) return;
        this.#shipper.acknowledgedAll(holds);
        for (const { origin, epoch } of healed.value.found) this.alarms.add(chainKey({ origin, epoch }));
        for (const chain of healed.value.forked) {
          this.alarms.add(chainKey(chain));
          this.#shipper.forked(chain);
        }
        this.#forkedAbove = [...healed.value.forked, ...told];
        this.#push();
      });
    this.#schedule.wake();
  }

  #endFetching(kept: Result<StoredEntry[]>): void {
    this.#fetching?.done(kept);
    this.#fetching = null;
    this.#schedule.wake();
  }

  /** The ledger of the running process, as healing sees a journal. */
  #journal(): Parameters<typeof heal>[0] {
    const ledger = this.#ledger;
    const { id } = this;
    return {
      get self() {
        return { origin: id, epoch: ledger.epoch };
      },
      heads: () => ledger.heads(),
      head: (origin, epoch) => ledger.head({ origin, epoch }),
      hashAt: (origin, epoch, seq) => this.disk.hashAt(origin, epoch, seq),
      ofOrigin: (origin, epoch, afterSeq, limit) => this.disk.ofOrigin(origin, epoch, afterSeq, limit),
      openEpoch: (async (reason, make = nothingBefore) => {
        await this.#committed(() => ({
          open: { ...make(), epoch: newId(), reason, at: this.#now() },
        }));
      }) satisfies Journal['openEpoch'],
    };
  }

  #holdsOf(child: SimulatedNode): Head[] {
    const below = child.#subtree();
    return this.disk.heads().filter((head) => below.has(head.origin));
  }

  #subtree(): Set<string> {
    return new Set([this.id, ...this.#children.flatMap((child) => [...child.#subtree()])]);
  }

  #push(): void {
    if (this.#pushing || !this.#parent) return;
    const next = this.#shipper.next();
    if (!next) return;
    this.#pushing = true;
    const number = (this.#pushed = ++this.#asked);
    this.#send(this.#parent, { type: 'push', number, entries: next.segment.entries });
  }

  #sayHello(): void {
    if (this.#parent) this.#send(this.#parent, { type: 'hello', heads: this.#ledger.heads() });
  }

  #beat(): void {
    const run = this.#run;
    this.#sayHello();
    this.#schedule.after(200 + this.#random.below(100), () => {
      if (run !== this.#run) return;
      // An answer that has not come by now was lost.
      this.#pushing = false;
      this.#endFetching(refuse({ type: 'parent-not-reachable' }));
      this.#beat();
    });
  }

  #request(
    request: Waiting['request'],
    done: (outcome: Outcome) => void,
    failed?: (error: Error) => void,
  ): void {
    this.#waiting.push({ request, done, ...(failed && { failed }) });
    this.#commitSoon();
  }

  #committed(request: Waiting['request']): Promise<Outcome> {
    return new Promise((resolve, reject) =>
      this.#request(
        request,
        (outcome) => {
          resolve(outcome);
          this.#schedule.wake();
        },
        (error) => {
          reject(error);
          this.#schedule.wake();
        },
      ),
    );
  }

  #commitSoon(): void {
    if (this.#committing) return;
    this.#committing = true;
    const run = this.#run;
    this.#schedule.after(1 + this.#random.below(10), () => {
      if (run === this.#run) this.#commit();
    });
  }

  #commit(): void {
    this.#committing = false;
    // As in the journal: what is made of the state of the disk goes alone.
    const alone = this.#waiting.findIndex(({ request }) => typeof request === 'function');
    const batch = this.#waiting.splice(0, alone === -1 ? this.#waiting.length : Math.max(1, alone));
    if (this.#waiting.length > 0) this.#commitSoon();
    try {
      const outcomes = this.#ledger.commit(
        batch.map(({ request }) => (typeof request === 'function' ? request() : request)),
      );
      batch.forEach(({ done }, i) => done(outcomes[i] as Outcome));
    } catch (error) {
      if (error instanceof PowerCut) return this.kill();
      if (!diskRefused(error as Error)) throw error;
      for (const { failed } of batch) failed?.(error as Error);
      // Nothing was answered. What begins the first epoch is tried again; everybody else asks again by themselves.
      const opening = batch.filter(
        ({ request }) => 'open' in request && request.open.reason === 'first-start',
      );
      if (opening.length > 0) {
        this.#waiting.unshift(...opening);
        this.#commitSoon();
      }
    }
  }

  #send(to: SimulatedNode, message: Message): void {
    const run = this.#run;
    this.#network.send(this.id, to.id, () =>
      to.receive(message, this, (answer) =>
        this.#network.send(to.id, this.id, () => {
          if (run === this.#run) this.receive(answer, to, () => undefined);
        }),
      ),
    );
  }

  /** Whole milliseconds, as clocks give them. */
  #now(): number {
    return Math.round(this.#schedule.now());
  }

  #openLedger(): Ledger {
    const epoch = this.disk.currentEpoch(this.id) ?? '';
    return new Ledger(this.disk, { origin: this.id, epoch, sign: (head) => head.hash });
  }

  #openShipper(): Shipper {
    return createShipper({
      heads: () => this.disk.heads(),
      ofOrigin: (origin, epoch, afterSeq, limit) => this.disk.ofOrigin(origin, epoch, afterSeq, limit),
    });
  }
}

const nothingBefore = (): Opening => ({ previous: [], restored: [], carried: [] });

function diskRefused(error: Error): boolean {
  return /full|I\/O/.test(error.message);
}

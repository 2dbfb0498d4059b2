/** One node of the simulation: the product's own ledger, shipping and healing, over a fake disk, clock and network. */
import { newId } from '../../src/base/ids.ts';
import { toEntry } from '../../src/journal/chain.ts';
import type { Entry, Head, StoredEntry } from '../../src/journal/entry.ts';
import { FakeEntryStore, PowerCut, type Snapshot } from '../../src/journal/fake-entry-store.ts';
import { forkedOf } from '../../src/courier/https/kept-journal.ts';
import { carryOver, healingAfterHello, type Chain, type Healing } from '../../src/journal/heal.ts';
import { chainKey, Ledger, readHeader, type Outcome, type Request } from '../../src/journal/ledger.ts';
import { runsOf } from '../../src/journal/segment.ts';
import { createShipper, type Shipper } from '../../src/journal/ship.ts';
import type { Network, Random, Schedule } from './world.ts';

export type Message =
  | { readonly type: 'hello'; readonly heads: readonly Head[] }
  | { readonly type: 'hello-answer'; readonly holds: readonly Head[]; readonly forked: readonly Chain[] }
  | { readonly type: 'push'; readonly entries: readonly StoredEntry[] }
  | {
      readonly type: 'push-answer';
      readonly chains: readonly (Chain & { readonly head: Head | null; readonly problem: string | null })[];
    }
  | { readonly type: 'fetch'; readonly chain: Chain; readonly afterSeq: number }
  | {
      readonly type: 'fetched';
      readonly chain: Chain;
      readonly afterSeq: number;
      readonly entries: readonly StoredEntry[];
    };

interface Waiting {
  readonly request: Request;
  readonly done: (outcome: Outcome) => void;
}

export class SimulatedNode {
  readonly id: string;
  readonly disk = new FakeEntryStore();
  /** Chains of which two copies differ, as this node found out. */
  readonly alarms = new Set<string>();
  up = false;
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
  #carrying = false;
  #forkedAbove: readonly Chain[] = [];
  readonly #remembered: Snapshot[] = [];

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
    this.#committing = this.#pushing = this.#carrying = false;
    this.#forkedAbove = [];
    this.disk.recover();
    this.#ledger = this.#openLedger();
    this.#shipper = this.#openShipper();
    if (this.disk.currentEpoch(this.id) === null)
      this.#request(
        {
          open: {
            epoch: newId(),
            reason: 'first-start',
            previous: [],
            carried: [],
            at: this.#now(),
          },
        },
        () => undefined,
      );
    this.#beat();
  }

  /** SIGKILL or a power cut: memory is gone, the disk keeps what was synced. */
  kill(): void {
    this.up = false;
    this.#run++;
  }

  remember(): void {
    this.#remembered.push(this.disk.snapshot());
  }

  /** The disk as it was at some remembered moment. */
  putBackOlder(): boolean {
    const older = this.#remembered[this.#random.below(Math.max(1, this.#remembered.length))];
    if (!older) return false;
    this.kill();
    this.disk.putBack(older);
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
        return this.#keepPushed(message.entries, answer);
      case 'fetch':
        return answer({
          ...message,
          type: 'fetched',
          entries: this.disk.ofOrigin(message.chain.origin, message.chain.epoch, message.afterSeq, 1_000),
        });
      case 'hello-answer':
        return this.#greeted(message.holds, message.forked, from);
      case 'push-answer':
        this.#pushing = false;
        for (const { head, problem, ...chain } of message.chains) {
          if (problem === 'fork') this.#forked(chain);
          else {
            this.#shipper.acknowledged(chain, head);
            if (head) this.onAcknowledged(head);
          }
        }
        return this.#push();
      case 'fetched':
        return this.#fetched(message);
    }
  }

  /** One answer for all chains, as over the wire. */
  #keepPushed(entries: readonly StoredEntry[], answer: (message: Message) => void): void {
    const runs = runsOf(entries) ?? [];
    const chains: Extract<Message, { type: 'push-answer' }>['chains'][number][] = [];
    for (const { entries: run, origin, epoch } of runs)
      this.#request({ foreign: run, whole: false }, ({ head, problem }) => {
        if (problem === 'fork') this.alarms.add(chainKey({ origin, epoch }));
        chains.push({ origin, epoch, head, problem });
        if (chains.length === runs.length) answer({ type: 'push-answer', chains });
      });
  }

  #greeted(holds: readonly Head[], told: readonly Chain[], parent: SimulatedNode): void {
    this.#shipper.acknowledgedAll(holds);
    const healing = healingAfterHello(
      this.id,
      holds,
      (origin, epoch) => this.#ledger.head({ origin, epoch }),
      (origin, epoch, seq) => this.disk.hashAt(origin, epoch, seq),
    );
    for (const { origin, epoch, afterSeq } of healing.fetch)
      this.#send(parent, { type: 'fetch', chain: { origin, epoch }, afterSeq });
    for (const head of healing.forked) this.#forked(head);
    this.#forkedAbove = [...healing.forked, ...told];
    this.#leaveForkedAbove(healing, told);
    this.#push();
  }

  /** The parent's copy is this one, and somebody above it holds another: everything is said again. */
  #leaveForkedAbove(healing: Healing, told: readonly Chain[]): void {
    for (const chain of told) this.alarms.add(chainKey(chain));
    const isCurrent = ({ origin, epoch }: Chain): boolean =>
      origin === this.id && epoch === this.#ledger.epoch;
    if (!told.some(isCurrent) || [...healing.fetch, ...healing.forked].some(isCurrent)) return;
    this.#leaveForked({ origin: this.id, epoch: this.#ledger.epoch }, []);
  }

  #forked(chain: Chain): void {
    this.alarms.add(chainKey(chain));
    this.#shipper.forked(chain);
    // Only the current epoch must be left; an older one has been left already.
    if (chain.origin === this.id && chain.epoch === this.#ledger.epoch && this.#parent)
      this.#send(this.#parent, { type: 'fetch', chain, afterSeq: 0 });
  }

  #fetched(message: Extract<Message, { type: 'fetched' }>): void {
    const { chain, entries, afterSeq } = message;
    if (chain.origin !== this.id) {
      this.#request({ foreign: entries, whole: false }, () => undefined);
      return;
    }
    if (afterSeq === 0 && this.alarms.has(chainKey(chain))) return this.#leaveForked(chain, entries);
    this.#request({ restored: entries }, ({ entries: restored, problem }) => {
      if (problem === 'fork') this.#forked(chain);
      else if (restored.length > 0 && chain.epoch === this.#ledger.epoch) this.#openEpoch([]);
    });
  }

  /** The current epoch goes on differently at the parent: a new one, with what only this disk holds. */
  #leaveForked(chain: Chain, parentHolds: readonly StoredEntry[]): void {
    if (chain.epoch !== this.#ledger.epoch || this.#carrying) return;
    const own = this.disk
      .rows()
      .filter((row) => row.place.origin === this.id && row.place.epoch === chain.epoch)
      .flatMap((row) => {
        const header = readHeader(row.stored);
        return header ? [toEntry({ header, stored: row.stored, hash: row.hash })] : [];
      });
    this.#carrying = true;
    this.#openEpoch(carryOver(own, parentHolds));
  }

  #openEpoch(carried: ReturnType<typeof carryOver>): void {
    const at = this.#now();
    // Before everything else that waits: those entries must not go into the epoch that was left, nor be carried twice.
    this.#waiting.unshift({
      request: { open: { epoch: newId(), reason: 'rolled-back', previous: this.disk.heads(), carried, at } },
      done: () => (this.#carrying = false),
    });
    this.#commitSoon();
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
    this.#send(this.#parent, { type: 'push', entries: next.segment.entries });
  }

  #beat(): void {
    const run = this.#run;
    if (this.#parent) this.#send(this.#parent, { type: 'hello', heads: this.#ledger.heads() });
    this.#schedule.after(200 + this.#random.below(100), () => {
      if (run !== this.#run) return;
      // An answer that has not come by now was lost.
      this.#pushing = false;
      this.#beat();
    });
  }

  #request(request: Request, done: (outcome: Outcome) => void): void {
    this.#waiting.push({ request, done });
    this.#commitSoon();
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
    const batch = this.#waiting.splice(0);
    try {
      const outcomes = this.#ledger.commit(batch.map(({ request }) => request));
      batch.forEach(({ done }, i) => done(outcomes[i] as Outcome));
    } catch (error) {
      if (error instanceof PowerCut) return this.kill();
      if (!/full|I\/O/.test((error as Error).message)) throw error;
      this.#carrying = false;
      // Nothing was answered. What begins an epoch is tried again; everybody else asks again by themselves.
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

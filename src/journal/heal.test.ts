import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectOk, ok } from '../base/result.ts';
import type { Head, StoredEntry } from './entry.ts';
import type { EpochReason } from './epoch.ts';
import { FakeEntryStore, type Snapshot } from './fake-entry-store.ts';
import { heal, type Healed } from './heal.ts';
import { Ledger, type Opening } from './ledger.ts';

/** A node's own journal over a disk that can be put back, and what its parent kept of it. */
class Node {
  readonly disk = new FakeEntryStore();
  readonly parent = new FakeEntryStore();
  #ledger: Ledger;
  #epochs = 0;

  constructor() {
    this.#ledger = this.#start();
    this.#open('first-start', { previous: [], restored: [], carried: [] });
  }

  says(...texts: string[]): void {
    const drafts = texts.map((text) => ({ kind: 'note', subject: 'test', data: { text } }));
    this.#ledger.commit([{ own: { drafts, at: 1 } }]);
  }

  /** @param upTo entries of the current epoch; all epochs as a whole when left out. */
  ships(upTo = Number.POSITIVE_INFINITY): void {
    const parent = new Ledger(this.parent, { origin: 'parent', epoch: '', sign: ({ hash }) => hash });
    for (const { epoch } of this.disk.heads())
      parent.commit([{ foreign: this.disk.ofOrigin('node', epoch, 0, Math.min(upTo, 1_000)), whole: false }]);
  }

  putBack(snapshot: Snapshot): void {
    this.disk.putBack(snapshot);
    this.#ledger = this.#start();
  }

  async heals({ told = [] as string[], meanwhile = () => undefined as void } = {}): Promise<Healed> {
    const fetchKept = ({ epoch }: { epoch: string }, afterSeq: number) => {
      meanwhile();
      return Promise.resolve(ok<StoredEntry[]>(this.parent.ofOrigin('node', epoch, afterSeq, 1_000)));
    };
    const chains = told.map((epoch) => ({ origin: 'node', epoch }));
    return expectOk(await heal(this.#journal(), this.parent.heads(), chains, fetchKept));
  }

  get epoch(): string {
    return this.#ledger.epoch;
  }

  /** What counts, as everywhere: by the order of the epochs, then by seq. Epochs are named by their order here. */
  texts(): string[] {
    const rows = this.disk.rows().toSorted((a, b) => order(a.place) - order(b.place));
    return rows.flatMap(({ stored }) => {
      const { data } = JSON.parse(stored.header) as { data: { text?: string } };
      return data.text ?? [];
    });
  }

  textsOf(epoch: string): string[] {
    return this.disk.ofOrigin('node', epoch, 0, 1_000).flatMap(({ header }) => {
      const { kind, data } = JSON.parse(header) as { kind: string; data: { text?: string } };
      return data.text ?? `(${kind})`;
    });
  }

  #journal(): Parameters<typeof heal>[0] {
    const ledger = this.#ledger;
    return {
      get self() {
        return { origin: 'node', epoch: ledger.epoch };
      },
      heads: () => ledger.heads(),
      head: (origin, epoch) => ledger.head({ origin, epoch }),
      hashAt: (origin, epoch, seq) => this.disk.hashAt(origin, epoch, seq),
      ofOrigin: (origin, epoch, afterSeq, limit) => this.disk.ofOrigin(origin, epoch, afterSeq, limit),
      openEpoch: (reason, make) => {
        this.#open(reason, make?.() ?? { previous: [], restored: [], carried: [] });
        return Promise.resolve();
      },
    };
  }

  #open(reason: EpochReason, opening: Opening): void {
    this.#epochs++;
    this.#ledger.commit([{ open: { ...opening, epoch: `epoch-${this.#epochs}`, reason, at: 1 } }]);
  }

  #start(): Ledger {
    const epoch = this.disk.currentEpoch('node') ?? '';
    return new Ledger(this.disk, { origin: 'node', epoch, sign: (head: Head) => head.hash });
  }
}

const order = ({ epoch, seq }: { epoch: string; seq: number }): number =>
  Number(epoch.replace('epoch-', '')) * 1_000 + seq;

test('what a disk that was put back has lost comes back from the parent, and a new epoch says so', async () => {
  const node = new Node();
  const old = node.disk.snapshot();
  node.says('a', 'b');
  node.ships();
  node.putBack(old);
  expect((await node.heals()).found).toMatchObject([{ epoch: 'epoch-1', restored: 2, carried: 0 }]);
  expect(node.textsOf('epoch-1')).toEqual(['(epoch-opened)', 'a', 'b']);
  expect(node.textsOf('epoch-2')).toEqual(['(epoch-opened)', '(disk-rolled-back)']);
  node.ships();
  expect((await node.heals()).found).toEqual([]);
});

test('what the old disk wrote before it heard of its parent stays, and counts later than what the parent kept', async () => {
  const node = new Node();
  node.says('shared');
  const old = node.disk.snapshot();
  node.says('kept by the parent');
  node.ships();
  node.putBack(old);
  node.says('written since');
  const healed = await node.heals();
  expect(healed.forked).toMatchObject([{ epoch: 'epoch-1' }]);
  expect(node.textsOf('epoch-2').slice(2)).toEqual(['kept by the parent', 'written since']);
});

test('so does what is written while the parent is asked', async () => {
  const node = new Node();
  const old = node.disk.snapshot();
  node.says('kept by the parent');
  node.ships();
  node.putBack(old);
  let asked = 0;
  await node.heals({ meanwhile: () => asked++ || node.says('written meanwhile') });
  expect(node.textsOf('epoch-2').slice(2)).toEqual(['kept by the parent', 'written meanwhile']);
});

test('an epoch that comes back does not count before what the old disk wrote in an older one', async () => {
  const node = new Node();
  node.says('first');
  const old = node.disk.snapshot();
  node.says('second');
  node.ships();
  node.putBack(old);
  await node.heals();
  node.says('third');
  node.ships();
  node.putBack(old);
  node.says('fourth');
  await node.heals();
  expect(node.epoch).toBe('epoch-3');
  expect(node.texts().at(-1)).toBe('fourth');
  expect(new Set(node.texts())).toEqual(new Set(['first', 'second', 'third', 'fourth']));
});

test('a fork further up is told once, also of an epoch that came back before anybody knew of it', async () => {
  const node = new Node();
  const old = node.disk.snapshot();
  node.says('a');
  node.ships();
  node.putBack(old);
  await node.heals();
  node.says('b');
  expect((await node.heals({ told: ['epoch-1'] })).found).toMatchObject([{ epoch: 'epoch-1', restored: 0 }]);
  expect(node.textsOf('epoch-3').filter((text) => !text.startsWith('('))).toEqual(['a', 'b']);
  expect((await node.heals({ told: ['epoch-1'] })).found).toEqual([]);
});

test('an epoch that came back only in part says again what it still lacks', async () => {
  const node = new Node();
  node.says('shared');
  const old = node.disk.snapshot();
  node.says('parent 1');
  node.ships();
  node.putBack(old);
  node.says('own 1', 'own 2');
  const forked = node.disk.snapshot();
  await node.heals();
  expect(node.textsOf('epoch-2').slice(2)).toEqual(['parent 1', 'own 1', 'own 2']);
  node.ships(3);
  node.putBack(forked);
  await node.heals();
  expect(node.textsOf('epoch-2').slice(2)).toEqual(['parent 1']);
  expect(node.texts().slice(-2)).toEqual(['own 1', 'own 2']);
});

test('what the epoch that comes back has said again already is not the last word, wherever the disk was put back to', async () => {
  const node = new Node();
  node.says('shared');
  const first = node.disk.snapshot();
  node.says('kept by the parent');
  node.ships();
  node.putBack(first);
  node.says('early');
  const unhealed = node.disk.snapshot();
  node.says('later');
  await node.heals();
  node.says('latest');
  node.ships();
  node.putBack(unhealed);
  await node.heals();
  expect(node.texts().at(-1)).toBe('latest');
  node.ships();
  node.putBack(unhealed);
  node.says('written since');
  await node.heals();
  expect(node.texts().slice(-2)).toEqual(['latest', 'written since']);
});

test('whatever was put back and shipped in between: nothing that a disk still holds is lost, and the last word counts', async () => {
  const acts = fc.array(
    fc.oneof(
      fc.constant('says' as const),
      fc.constant('says' as const),
      fc.constant('remembers' as const),
      fc.constant('puts-back' as const),
      fc.constant('heals' as const),
      fc.constant('ships' as const),
      fc.constant('ships-little' as const),
    ),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(acts, fc.infiniteStream(fc.nat(1_000)), async (plan, numbers) => {
      const node = new Node();
      const remembered: { readonly disk: Snapshot; ofLeftLife: boolean }[] = [];
      // False once a disk came back on which another life went on: nothing says which of the two is newer.
      let oneLife = true;
      let said = 0;
      const held = (store: FakeEntryStore): string[] =>
        store.rows().flatMap(({ stored }) => {
          const { data } = JSON.parse(stored.header) as { data: { text?: string } };
          return data.text ?? [];
        });
      for (const act of plan) {
        const number = numbers.next().value;
        const before = new Set([...held(node.disk), ...held(node.parent)]);
        if (act === 'says') node.says(`${said++}`);
        else if (act === 'remembers') remembered.push({ disk: node.disk.snapshot(), ofLeftLife: false });
        else if (act === 'puts-back') {
          const chosen = number % Math.max(1, remembered.length);
          const old = remembered[chosen];
          if (!old) continue;
          node.putBack(old.disk);
          oneLife &&= !old.ofLeftLife;
          for (const later of remembered.slice(chosen + 1)) later.ofLeftLife = true;
        } else if (act === 'heals') {
          await node.heals();
          const now = new Set(held(node.disk));
          expect([...before].filter((text) => !now.has(text))).toEqual([]);
          const newest = Math.max(-1, ...[...before].map(Number));
          if (oneLife && newest >= 0) expect(node.texts().at(-1)).toBe(`${newest}`);
        } else node.ships(act === 'ships' ? undefined : 1 + (number % 5));
      }
      await node.heals();
      node.says('last');
      node.ships();
      expect((await node.heals()).found).toEqual([]);
      expect(node.texts().at(-1)).toBe('last');
    }),
    { numRuns: 500 },
  );
});

/** An exam of five nodes in one process, and the promises that must hold whatever happens to it. */
import { chainKey } from '../../src/journal/ledger.ts';
import { EpochOrder } from '../../src/journal/epoch.ts';
import { link } from '../../src/journal/chain.ts';
import type { Head } from '../../src/journal/entry.ts';
import { readHeader } from '../../src/journal/ledger.ts';
import { SimulatedNode } from './simulated-node.ts';
import { createSchedule, fairWeather, Network, seededRandom } from './world.ts';

export const nodeNames = ['centre', 'site', 'room', 'seat-1', 'seat-2'] as const;
export type NodeName = (typeof nodeNames)[number];

export type Fault = { readonly atMs: number; readonly node: NodeName } & (
  | { readonly type: 'kill'; readonly downMs: number }
  | { readonly type: 'power-cut'; readonly share: number; readonly downMs: number }
  | { readonly type: 'cut-from-parent'; readonly forMs: number }
  | { readonly type: 'disk-fails'; readonly reason: 'disk-full' | 'io'; readonly times: number }
  | { readonly type: 'remember-disk' }
  | { readonly type: 'put-disk-back'; readonly downMs: number }
);

export interface Plan {
  readonly seed: number;
  readonly weather: { readonly loss: number; readonly duplication: number; readonly delayMs: number };
  readonly faults: readonly Fault[];
}

const examMs = 1_500;

/** Runs the exam and returns every promise that was broken: none, when all is well. */
export async function runExam(plan: Plan): Promise<string[]> {
  const random = seededRandom(plan.seed);
  const schedule = createSchedule();
  const network = new Network(schedule, random);
  network.weather = plan.weather;
  const world = { schedule, network, random };
  const nodes = new Map<NodeName, SimulatedNode>();
  const parents = { centre: null, site: 'centre', room: 'site', 'seat-1': 'room', 'seat-2': 'room' } as const;
  for (const name of nodeNames) {
    const parent = parents[name];
    nodes.set(name, new SimulatedNode(name, parent === null ? null : (nodes.get(parent) ?? null), world));
  }
  const node = (name: NodeName): SimulatedNode => nodes.get(name) as SimulatedNode;
  const all = [...nodes.values()];

  /** What somebody was told is kept: by its own node, or by the node above. */
  const promised = new Set<string>();
  const acknowledged = new Map<string, Head>();
  for (const one of all)
    one.onAcknowledged = (head) => acknowledged.set(`${one.id} ${chainKey(head)} ${head.seq}`, head);

  let answers = 0;
  const work = (name: NodeName): void => {
    const answer = `answer ${answers++} of ${name}`;
    node(name).append(answer, () => promised.add(answer));
    if (schedule.now() < examMs) schedule.after(20 + random.below(120), () => work(name));
  };
  for (const one of all) one.start();
  for (const name of ['site', 'room', 'seat-1', 'seat-2'] as const)
    schedule.after(random.below(100), () => work(name));

  for (const fault of plan.faults)
    schedule.after(fault.atMs, () => {
      const victim = node(fault.node);
      const startLater = (downMs: number): void => schedule.after(downMs, () => victim.start());
      switch (fault.type) {
        case 'kill':
          victim.kill();
          return startLater(fault.downMs);
        case 'power-cut':
          victim.disk.cutPowerInNext(fault.share);
          return startLater(fault.downMs + 50);
        case 'cut-from-parent': {
          const parent = parents[fault.node];
          if (parent === null) return;
          network.cut(fault.node, parent);
          return schedule.after(fault.forMs, () => network.mend(fault.node, parent));
        }
        case 'disk-fails':
          for (let i = 0; i < fault.times; i++) victim.disk.failNext(fault.reason);
          return;
        case 'remember-disk':
          return victim.remember();
        case 'put-disk-back': {
          const before = victim.payloads();
          if (!victim.putBackOlder()) return;
          // What stood only on this disk went with it: no software brings that back, and no other was promised it.
          const left = new Set(all.flatMap((one) => [...one.payloads()]));
          for (const payload of before) if (!left.has(payload)) promised.delete(payload);
          const hashes = new Set(all.flatMap((one) => one.disk.rows().map((row) => row.hash)));
          for (const [name, head] of acknowledged) if (!hashes.has(head.hash)) acknowledged.delete(name);
          return startLater(fault.downMs);
        }
      }
    });

  await schedule.run(examMs + 500);
  network.weather = fairWeather;
  network.mendAll();
  for (const one of all) {
    one.disk.calm();
    one.start();
  }
  let broken: string[] = [];
  for (let i = 0; i < 30; i++) {
    await schedule.run(schedule.now() + 300);
    broken = brokenPromises(node, all, promised, acknowledged);
    if (broken.length === 0) break;
  }
  return broken;
}

function brokenPromises(
  node: (name: NodeName) => SimulatedNode,
  all: readonly SimulatedNode[],
  promised: ReadonlySet<string>,
  acknowledged: ReadonlyMap<string, Head>,
): string[] {
  const broken: string[] = [];
  const atCentre = node('centre').payloads();
  for (const answer of promised) if (!atCentre.has(answer)) broken.push(`lost: ${answer}`);
  const inOneLife = [...promised].filter((answer) => node(writerOf(answer) as NodeName).oneLife);
  broken.push(...overtaken(node('centre'), inOneLife));
  const alarms = new Set(all.flatMap((one) => [...one.alarms]));
  const places = new Map<string, string>();
  for (const one of all) {
    broken.push(...brokenChains(one));
    for (const { place, hash } of one.disk.rows()) {
      const name = `${chainKey(place)} ${place.seq}`;
      const other = places.get(name);
      if (other !== undefined && other !== hash && !alarms.has(chainKey(place)))
        broken.push(`two entries at ${name}, and nobody noticed`);
      places.set(name, hash);
    }
  }
  for (const head of acknowledged.values())
    if (
      node('centre').disk.hashAt(head.origin, head.epoch, head.seq) !== head.hash &&
      !alarms.has(chainKey(head))
    )
      broken.push(`acknowledged and not at the centre: ${chainKey(head)} ${head.seq}`);
  for (const [below, above] of [
    ['seat-1', 'room'],
    ['seat-2', 'room'],
    ['room', 'site'],
    ['site', 'centre'],
  ] as const)
    for (const head of node(below).heads())
      if (
        !alarms.has(chainKey(head)) &&
        node(above).disk.hashAt(head.origin, head.epoch, head.seq) !== head.hash
      )
        broken.push(`${above} has not what ${below} has: ${chainKey(head)} ${head.seq}`);
  return broken;
}

/** As the centre reads a result, what a node was told last comes last: no older answer said again counts instead of it. */
function overtaken(centre: SimulatedNode, promised: readonly string[]): string[] {
  const newest = new Map<string, string>();
  for (const answer of promised) newest.set(writerOf(answer), answer);
  const order = new EpochOrder();
  const entries = centre.disk.rows().flatMap(({ stored }) => readHeader(stored) ?? []);
  for (const header of entries) order.take({ ...header, place: header });
  const counts = new Map<string, { readonly answer: string; readonly rank: number; readonly seq: number }>();
  for (const { stored, place } of centre.disk.rows()) {
    if (stored.payload === null) continue;
    const answer = JSON.parse(stored.payload) as string;
    const rank = order.rank(place.origin, place.epoch);
    const before = counts.get(writerOf(answer));
    if (before && (before.rank > rank || (before.rank === rank && before.seq > place.seq))) continue;
    counts.set(writerOf(answer), { answer, rank, seq: place.seq });
  }
  return [...newest].flatMap(([writer, answer]) => {
    const counting = counts.get(writer)?.answer ?? answer;
    return numberOf(counting) < numberOf(answer) ? [`overtaken: ${answer} by ${counting}`] : [];
  });
}

const writerOf = (answer: string): string => answer.replace(/^.* of /, '');
const numberOf = (answer: string): number => Number(answer.split(' ')[1]);

/** Every disk holds chains without gaps, and each entry names the one before it. */
function brokenChains(one: SimulatedNode): string[] {
  const heads = new Map<string, Head>();
  for (const { stored, place } of one.disk.rows()) {
    const header = readHeader(stored);
    const fits = header ? link(stored, header, heads.get(chainKey(place)) ?? null, () => null) : null;
    if (!fits?.ok || fits.value === 'known')
      return [`chain broken at ${one.id}: ${chainKey(place)} ${place.seq}`];
    heads.set(chainKey(place), { ...place, hash: fits.value.hash });
  }
  return [];
}

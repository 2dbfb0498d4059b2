/** The steps of a seat's environment check that need no person, one after the other. What cannot be measured says why. */
import { statfs } from 'node:fs/promises';
import { platform, release, totalmem } from 'node:os';
import type { Clock } from '../../base/clock.ts';
import type { Result } from '../../base/result.ts';
import type { Measured, MeasuredValues } from '../../exam/environment/measured.ts';
import { programVersion } from '../../node/indicators.ts';
import { codeOf, durableWrite } from './durable-write.ts';
import { echo, fetchProbe, type Echo, type RoomQuestions } from './measure-network.ts';
import { thisSystem } from './system/this-system.ts';

/** What the page on the candidate's screen said of itself. */
export interface PageFacts {
  readonly userAgent: string;
  readonly language: string;
  readonly width: number;
  readonly height: number;
}

export interface Surroundings {
  /** Of the seat: answers are written there. */
  readonly data: string;
  readonly clock: Clock;
  readonly room: RoomQuestions;
  /** As it was paired. */
  readonly pairedRoom: MeasuredValues['room'] | null;
  /** null: no screen is open. */
  readonly page: () => PageFacts | null | Promise<PageFacts | null>;
  readonly stop: AbortSignal;
}

/** Yields what each step measured. */
export async function* measureSteps(
  around: Surroundings,
  order: { readonly run: string; readonly programs: readonly string[] },
): AsyncGenerator<Measured> {
  const system = thisSystem();
  yield { version: { value: programVersion } };
  yield {
    system: await made(async () => ({
      platform: platform(),
      name: (await system.name()).slice(0, 200),
      release: release().slice(0, 100),
    })),
  };
  yield { memory: { value: totalmem() } };
  yield { disk: await made(async () => ({ free: await freeAt(around.data) })) };
  yield { room: around.pairedRoom ? { value: around.pairedRoom } : { problem: 'not-paired' } };
  yield { storage: { value: await durableWrite(around.data) } };
  yield { machine: await made(async () => ({ signs: (await system.signs()).slice(0, 20) })) };
  if (order.programs.length > 0) yield { programs: await made(() => programs(order.programs)) };
  yield await network(around, order.run);
  yield screen(await around.page());
}

async function made<T>(measure: () => Promise<T>): Promise<{ value: T } | { problem: string }> {
  try {
    return { value: await measure() };
  } catch (error) {
    return { problem: codeOf(error) };
  }
}

async function freeAt(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Number(bavail) * Number(bsize);
}

async function programs(names: readonly string[]): Promise<MeasuredValues['programs']> {
  const found = await thisSystem().installed(names);
  return { found, missing: names.filter((name) => !found.includes(name)) };
}

async function network(
  { room, clock, stop }: Surroundings,
  run: string,
): Promise<Pick<Measured, 'clock' | 'network'>> {
  const answered: Result<Echo> = await echo(room, run, () => clock.now());
  if (!answered.ok) {
    const { type: problem } = answered.refusal;
    return { clock: { problem }, network: { problem } };
  }
  const { roundTripMs, offsetMs } = answered.value;
  const probe = await fetchProbe(room, run, stop);
  return {
    clock: { value: { offsetMs } },
    network: probe.ok ? { value: { roundTripMs, ...probe.value } } : { problem: probe.refusal.type },
  };
}

function screen(page: PageFacts | null): Pick<Measured, 'browser' | 'screen'> {
  if (!page) return { browser: { value: null }, screen: { problem: 'no-screen-open' } };
  const { userAgent, language, width, height } = page;
  return { browser: { value: { userAgent, language } }, screen: { value: { width, height } } };
}

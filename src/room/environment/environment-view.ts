/** What the console shows of the environment check: a row for every admitted seat, and one seat in detail. */
import { askedChecks } from '../../exam/environment/judge.ts';
import type { StepView } from '../../node/contract.ts';
import type { Room } from '../room.ts';
import type { EnvironmentCounts, EnvironmentRow, EnvironmentView, SeatEnvironment } from './contract.ts';
import { environmentGates, requirementsOf } from './room-environment.ts';
import { approvedSeats, openSeats } from './seats-to-check.ts';

export function environmentRows(room: Room): EnvironmentRow[] {
  const { environment } = room;
  const checks = askedChecks(requirementsOf(room));
  return approvedSeats(room).map(({ id, number, computer }) => {
    const states = new Map(environment.verdictsOf(id).map((one) => [one.id, one.state]));
    return {
      seatId: id,
      number,
      computer,
      state: environment.stateOf(id),
      at: environment.checkedAt(id),
      marks: checks.map((check) => states.get(check) ?? 'waiting'),
    };
  });
}

export function countsOf(rows: readonly Pick<EnvironmentRow, 'state'>[]): EnvironmentCounts {
  const count = (...states: EnvironmentRow['state'][]): number =>
    rows.filter(({ state }) => states.includes(state)).length;
  return {
    seats: rows.length,
    passed: count('passed', 'warning'),
    warnings: count('warning'),
    failed: count('failed'),
    notReached: count('not-reached'),
    underWay: count('waiting', 'checking'),
    unchecked: count('unchecked'),
  };
}

export function environmentView(room: Room): EnvironmentView {
  const { environment } = room;
  const needs = requirementsOf(room);
  const rows = environmentRows(room);
  const { all, again } = environmentGates(room);
  const { run } = environment;
  return {
    running: environment.running,
    start: all,
    again,
    run: run && { startedAt: run.startedAt, seats: run.seats.length },
    requirements: needs,
    checks: askedChecks(needs),
    counts: countsOf(rows),
    open: openSeats(room).length,
    rows,
  };
}

export function seatEnvironment(room: Room, seatId: string): SeatEnvironment {
  const { environment } = room;
  return {
    seatId,
    state: environment.stateOf(seatId),
    at: environment.checkedAt(seatId),
    verdicts: environment.verdictsOf(seatId).map(({ values, ...verdict }) => ({
      ...verdict,
      values: values && { ...values },
    })),
  };
}

/** Step 3: every admitted seat has a result and none failed. */
export function environmentStep(room: Room): { done: boolean; problem?: NonNullable<StepView['reason']> } {
  const { failed, notReached, underWay, unchecked, seats } = countsOf(
    approvedSeats(room).map(({ id }) => ({ state: room.environment.stateOf(id) })),
  );
  if (underWay === 0 && failed + notReached > 0)
    return { done: false, problem: { type: 'environment-not-passed', failed, notReached } };
  return { done: seats > 0 && underWay + unchecked + failed + notReached === 0 };
}

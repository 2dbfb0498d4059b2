/** What the agent says of this seat, live: a stream that is opened again whenever it breaks or falls silent. */
import { useEffect, useState } from 'react';
import type { SeatState } from '../contract.ts';
import type { Agent } from './agent.ts';

export interface LiveSeat {
  readonly state: SeatState;
  /** `performance.now()` when it arrived: durations in the state count down from here. */
  readonly arrivedAt: number;
}

const retryMs = 1_000;
/** The agent repeats its state every 15 s; a stream that is silent for longer is dead, even if no one closed it. */
const silenceMs = 40_000;

export interface SeatConnection {
  readonly seat: LiveSeat | null;
  readonly connected: boolean;
  /** Takes a state that an operation returned. */
  readonly take: (state: SeatState) => void;
}

export function useSeatState(agent: Agent): SeatConnection {
  const [seat, setSeat] = useState<LiveSeat | null>(null);
  const [connected, setConnected] = useState(false);
  const [take] = useState(
    () => (state: SeatState) => setSeat((before) => newer(before, state, performance.now())),
  );
  useEffect(() => {
    const stop = new AbortController();
    void follow(agent, stop.signal, {
      onState: take,
      onConnected: setConnected,
    });
    return () => stop.abort();
  }, [agent, take]);
  return { seat, connected, take };
}

/** A state that was overtaken by a newer one changes nothing. Another run of the agent counts its revisions anew. */
export function newer(before: LiveSeat | null, state: SeatState, now: number): LiveSeat {
  const overtaken =
    before !== null && before.state.run === state.run && before.state.revision > state.revision;
  return overtaken ? before : { state, arrivedAt: now };
}

interface Listener {
  onState(state: SeatState): void;
  onConnected(connected: boolean): void;
}

async function follow(agent: Agent, stop: AbortSignal, listener: Listener): Promise<void> {
  while (!stop.aborted) {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), silenceMs);
    try {
      const states = await agent.state.live(undefined, { signal: AbortSignal.any([stop, silence.signal]) });
      for await (const state of states) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), silenceMs);
        listener.onConnected(true);
        listener.onState(state);
      }
    } catch {
      // Whatever broke it: the connection is shown as lost below, and tried again.
    }
    clearTimeout(timer);
    if (stop.aborted) return;
    listener.onConnected(false);
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

/** The seat's screen and its computer in the hands of its room: what the agent, the browser and the system do for an order. */
import * as z from 'zod';
import { systemTimers } from '../../base/clock.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Node } from '../../node/node.ts';
import type { SeatNow } from '../../exam/remote-control/may-obey.ts';
import type { SeatAgent } from '../agent/seat-agent.ts';
import { seatMembershipSchema } from '../agent/stored.ts';
import type { Computer } from '../computer/computer.ts';
import { Kiosk } from '../kiosk/kiosk.ts';
import type { SeatState } from '../contract.ts';
import type { OwnInstallation } from './own-installation.ts';
import { RemoteOrders } from './remote-orders.ts';

/** Whether the screen is wanted, over a restart too. */
const setting = 'screen-wanted';

export interface RemoteControl {
  close(): Promise<void>;
}

/** @param wanted the screen opens with the agent, whatever was wanted before. */
export async function startRemoteControl(options: {
  readonly node: Node;
  readonly agent: SeatAgent;
  readonly computer: Computer;
  readonly address: string;
  readonly browser: string | undefined;
  readonly wanted: boolean;
  readonly installation: OwnInstallation;
}): Promise<RemoteControl> {
  const { node, agent, computer, address, browser, installation } = options;
  const { settings } = node;
  const kiosk = new Kiosk({
    data: node.data,
    address,
    browser,
    computer,
    clock: node.clock,
    timers: systemTimers,
    log: node.log,
    onChange: () => agent.screen.tell(kiosk.state),
  });
  const openScreen = (): Promise<Result<void>> => {
    settings.write(setting, true);
    return kiosk.open();
  };
  const closeScreen = async (): Promise<Result<void>> => {
    settings.write(setting, false);
    await kiosk.close();
    return ok();
  };
  const initialise = async (): Promise<Result<void>> => {
    await closeScreen();
    await kiosk.forget();
    return agent.forgetCandidates();
  };
  const orders = new RemoteOrders({
    seat: node.id,
    settings,
    journal: node.journal,
    log: node.log,
    roomKey: () => settings.read('membership', seatMembershipSchema)?.roomSigningKey ?? null,
    roomNow: () => agent.word.now(),
    seatNow: () => seatNow(agent.page.state()),
    ask: (path, body) => agent.room.ask((link) => link.ask(path, body)),
    bootMark: () => computer.bootMark(),
    deeds: {
      'open-screen': openScreen,
      'close-screen': closeScreen,
      restart: () => computer.restart(),
      'shut-down': () => computer.shutDown(),
      initialise,
      uninstall: async () => {
        // Asked first: what cannot be carried out whole is not begun.
        const may = await installation.mayGo();
        return may.ok ? initialise() : may;
      },
    },
    afterTold: { uninstall: () => installation.go() },
  });
  const follow = (): void => orders.follow(agent.word.order?.approved ? agent.word.order.remote : null);
  const stop = agent.page.changed.subscribe(follow);
  follow();
  if (options.wanted || settings.read(setting, z.boolean())) await openScreen();
  return {
    close: async () => {
      stop();
      await orders.close();
      await kiosk.close();
    },
  };
}

/** Who has confirmed the name is at work until the exam is over for them. */
function seatNow({ phase, confirmed, mock, pending }: SeatState): Omit<SeatNow, 'insisted'> {
  const working = ['signed-in', 'waiting', 'countdown', 'answering', 'locked'].includes(phase);
  return { atWork: working && confirmed, formal: !mock, pending };
}

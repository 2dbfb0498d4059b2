/** The operations of the candidate's screen: each asks the agent and answers with what the screen shows next. */
import { implement } from '@orpc/server';
import type { Result } from '../base/result.ts';
import { liveView, type OperationContext } from '../node/operations.ts';
import { unwrap } from '../node/refused.ts';
import { recordingOperations } from './recording/operations.ts';
import { seatContract, type SeatState } from './contract.ts';
import type { SeatStatus } from './status/contract.ts';
import type { RoomSearch } from './join/room-search.ts';
import type { SeatAgent } from './agent/seat-agent.ts';

export function seatOperations(
  agent: SeatAgent,
  { search, status }: { search: RoomSearch; status: () => Promise<SeatStatus> },
) {
  const os = implement(seatContract).$context<OperationContext>();
  const after = (done: Result<unknown>): SeatState => {
    unwrap(done);
    return agent.page.state();
  };
  const kept = (done: Result<unknown>): Record<string, never> => {
    unwrap(done);
    return {};
  };
  return os.router({
    state: {
      get: os.state.get.handler(() => agent.page.state()),
      live: os.state.live.handler(async function* ({ signal }) {
        const closed = agent.screen.opened();
        try {
          yield* liveView(
            agent.examBrowser.until(signal),
            agent.page.changed.subscribe,
            () => agent.page.state(),
            50,
          );
        } finally {
          closed();
        }
      }),
    },
    pairing: {
      pair: os.pairing.pair.handler(async ({ input }) =>
        after(await agent.pair(input.roomAddress, input.pairingCode)),
      ),
    },
    sitting: {
      signIn: os.sitting.signIn.handler(async ({ input }) =>
        after(await agent.signIn.lookUp(input.admissionNumber)),
      ),
      confirm: os.sitting.confirm.handler(async ({ input }) =>
        after(await agent.signIn.confirm(input.confirmed)),
      ),
      rulesRead: os.sitting.rulesRead.handler(async () => after(await agent.signIn.rulesRead())),
      startPhrase: os.sitting.startPhrase.handler(async ({ input }) =>
        after(await agent.paper.openByPhrase(input.words)),
      ),
      paper: os.sitting.paper.handler(() => unwrap(agent.paper.forScreen())),
      answer: os.sitting.answer.handler(async ({ input }) => unwrap(await agent.answering.answer(input))),
      answers: os.sitting.answers.handler(() => {
        const { responses, flagged } = unwrap(agent.paper.forScreen());
        return { responses, flagged };
      }),
      flag: os.sitting.flag.handler(async ({ input }) =>
        kept(await agent.answering.flag(input.item, input.flagged)),
      ),
      view: os.sitting.view.handler(async ({ input }) => kept(await agent.answering.view(input.item))),
      acknowledgeLock: os.sitting.acknowledgeLock.handler(async () =>
        after(await agent.answering.acknowledgeLock()),
      ),
      handIn: os.sitting.handIn.handler(async () => after(await agent.handIn())),
      leave: os.sitting.leave.handler(() => after(agent.signIn.leave())),
    },
    environment: {
      page: os.environment.page.handler(({ input }) => {
        agent.environment.takePage(input);
        return {};
      }),
      keyboard: os.environment.keyboard.handler(async ({ input }) =>
        kept(await agent.environment.typed(input.typed)),
      ),
      microphone: os.environment.microphone.handler(async ({ input }) =>
        kept(await agent.environment.microphone(input.level, input.problem)),
      ),
      playback: os.environment.playback.handler(async ({ input }) =>
        kept(await agent.environment.playback(input.heard)),
      ),
    },
    recording: recordingOperations(agent),
    practical: {
      openFolder: os.practical.openFolder.handler(async ({ input }) =>
        kept(await agent.practical.openFolder(input.item)),
      ),
      bringBack: os.practical.bringBack.handler(async ({ input }) =>
        kept(await agent.practical.bringBack(input.item, input.name)),
      ),
    },
    join: { rooms: os.join.rooms.handler(async () => ({ rooms: await search.rooms() })) },
    status: { get: os.status.get.handler(status) },
    number: {
      change: os.number.change.handler(async ({ input }) => kept(await agent.changeNumber(input.number))),
    },
    answerPackage: {
      export: os.answerPackage.export.handler(async ({ input }) =>
        unwrap(await agent.packages.export(input.seatCode)),
      ),
    },
  });
}

/** The operations of the voice station's page. */
import { implement } from '@orpc/server';
import { refuse, type Result } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Station } from '../station.ts';
import { begin, endTake, keepPiece, lookUp, pause, prepare, signIn } from './answering.ts';
import { close } from './closing.ts';
import { voiceContract, type VoiceView } from './contract.ts';
import { listen } from './listen.ts';
import { hearCheck, judgeCheck, lastSound } from './microphone-check.ts';
import { taskPage } from './task-page.ts';
import type { Voice } from './voice.ts';
import { voiceView } from './voice-view.ts';

/** @param here null: this is a station of another kind */
export function voiceOperations({ kind }: Station, here: Voice | null) {
  const os = implement(voiceContract).$context<OperationContext>();
  const voice = (): Voice =>
    here ?? unwrap(refuse({ type: 'station-of-another-kind', found: kind, expected: 'voice' }));
  const view = (): VoiceView => voiceView(voice());
  const after = (done: Result<unknown>): VoiceView => {
    unwrap(done);
    return view();
  };
  return os.router({
    state: os.state.handler(view),
    check: {
      judge: os.check.judge.handler(async ({ input: { content, ...how } }) =>
        after(judgeCheck(voice().station, { ...how, content: await bytesOf(content) })),
      ),
      sound: os.check.sound.handler(() => flacFile(unwrap(lastSound(voice().station)))),
      heard: os.check.heard.handler(async ({ input }) =>
        after(await hearCheck(voice().station, input.heard)),
      ),
    },
    lookUp: os.lookUp.handler(({ input }) => unwrap(lookUp(voice(), input.form))),
    signIn: os.signIn.handler(async ({ input }) => after(await signIn(voice(), input.form))),
    prepare: os.prepare.handler(async () => after(await prepare(voice()))),
    page: os.page.handler(
      async ({ input }) =>
        new Blob([Uint8Array.from(unwrap(await taskPage(voice(), input.task)))], { type: 'application/pdf' }),
    ),
    begin: os.begin.handler(async ({ input }) => {
      const { id, limit } = unwrap(await begin(voice(), input.rate));
      return { take: id, limit, view: view() };
    }),
    piece: os.piece.handler(async ({ input: { take, number, start, content } }) => {
      unwrap(keepPiece(voice(), take, { number, start }, await bytesOf(content)));
      return {};
    }),
    end: os.end.handler(async ({ input: { take, how, samples } }) =>
      after(await endTake(voice(), take, how, samples)),
    ),
    pause: os.pause.handler(async ({ input: { cause, words, samples } }) =>
      after(await pause(voice(), cause, words, samples)),
    ),
    resume: os.resume.handler(async () => after(await voice().does({ do: 'resume' }))),
    again: os.again.handler(async ({ input }) => after(await voice().does({ do: 'again', ...input }))),
    listen: os.listen.handler(async ({ input }) => flacFile(unwrap(await listen(voice(), input.take)))),
    finish: os.finish.handler(async ({ input }) => after(await voice().does({ do: 'finish', ...input }))),
    close: os.close.handler(async ({ input }) => {
      const { paths } = unwrap(await close(voice(), input.drive));
      return { paths, view: view() };
    }),
  });
}

const bytesOf = async (content: Blob): Promise<Uint8Array> => new Uint8Array(await content.arrayBuffer());
const flacFile = (content: Uint8Array): Blob => new Blob([Uint8Array.from(content)], { type: 'audio/flac' });

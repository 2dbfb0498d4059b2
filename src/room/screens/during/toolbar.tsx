/** What may be done with the whole session; a button that is not possible now says why and when. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { ReleaseWords } from '../../../ui/release-words.tsx';
import { CandidateScreens } from '../remote/candidate-screens.tsx';
import { AbsenceDialog } from './absence-dialog.tsx';
import { ImportPackage, SingleCollection } from './answer-package.tsx';
import { Automatics } from './automatics.tsx';
import { EndSession } from './end-session.tsx';
import type { SessionProps } from './session-page.tsx';

export function Toolbar(props: SessionProps): ReactNode {
  const t = useText();
  const { board, session, go } = props;
  const started = ['running', 'ended', 'reported'].includes(session.state);
  return (
    <div className="toolbar" role="toolbar" aria-label={t('room.toolbar')}>
      <CandidateScreens room={props.room} />
      <AbsenceDialog {...props} />
      {session.mode === 'mock' && !['ended', 'reported'].includes(session.state) && <Automatics {...props} />}
      {started && session.state === 'running' && <StartPhrase {...props} />}
      <ImportPackage {...props} />
      <SingleCollection {...props} />
      {board.next.type !== 'next-end' && <EndSession {...props} />}
      <Button onClick={() => go('after', 'record')}>{t('room.record')}</Button>
      <span className="grow" />
      <Button onClick={() => go('during', 'choose')}>{t('room.changeSession')}</Button>
    </div>
  );
}

function StartPhrase({ room, session }: SessionProps): ReactNode {
  const t = useText();
  return (
    <DialogButton label={t('room.startPhrase')}>
      {() => <Phrase load={() => room.session.startPhrase({ sessionId: session.sessionId })} />}
    </DialogButton>
  );
}

function Phrase({ load }: { load: () => Promise<{ words: string[] }> }): ReactNode {
  const t = useText();
  const phrase = useLoaded('phrase', load);
  return (
    <div className="stack">
      <p>{t('room.startPhraseText')}</p>
      <ReleaseWords words={phrase.value?.words ?? []} />
    </div>
  );
}

/** One page for each phase that the agent reports; a browser that was killed comes back where it was. */
import type { ReactNode } from 'react';
import { useAccommodations } from './accommodations.ts';
import { agent } from './agent.ts';
import { Answering } from './answering/answering.tsx';
import { useBrowserProblem } from './exam-browser.ts';
import { Invigilator } from './invigilator.tsx';
import { ChooseLanguage, useLanguage } from './language.tsx';
import { Confirm, Pairing, Rules, SignIn } from './pages/entering.tsx';
import { EnvironmentTest } from './pages/environment.tsx';
import { ExamBrowserNeeded } from './pages/exam-browser.tsx';
import { Absent, Ended, HandedIn, Moved } from './pages/over.tsx';
import { Page, type PageProps } from './pages/page.tsx';
import { Countdown, Waiting } from './pages/waiting.tsx';
import { useSeatState, type LiveSeat } from './seat-state.ts';
import { useTellPage } from './tell-page.ts';

export function CandidateScreen(): ReactNode {
  const { say, language } = useLanguage();
  const { seat, connected, take } = useSeatState(agent);
  const browser = useBrowserProblem();
  useAccommodations(seat?.state.accommodations ?? null);
  useTellPage(seat?.state.run ?? null, connected, language);
  return (
    <>
      <Top seat={seat} connected={connected || browser !== null} />
      {browser !== null ? (
        <ExamBrowserNeeded problem={browser} />
      ) : seat ? (
        <Phase seat={seat} take={take} />
      ) : (
        <main className="card">
          <p role="status">{say('starting')}</p>
        </main>
      )}
    </>
  );
}

function Top({ seat, connected }: { seat: LiveSeat | null; connected: boolean }): ReactNode {
  const { say } = useLanguage();
  const state = seat?.state;
  return (
    <header className={state?.phase === 'answering' ? 'top quiet' : 'top'}>
      <strong>Invigil</strong>
      {state?.mock && <span className="mock">{say('mock')}</span>}
      <Connection seat={seat} connected={connected} />
      {state?.roomCode && <span>{say('room', { room: state.roomCode })}</span>}
      {state?.seatNumber != null && (
        <span>
          {say('seat')} <span className="figures">{state.seatNumber}</span>
        </span>
      )}
      {state?.confirmed && <Invigilator />}
      {(state?.phase === 'unpaired' || state?.phase === 'announced' || state?.phase === 'ready') && (
        <a href="#status">{say('status.link-to')}</a>
      )}
      <ChooseLanguage />
    </header>
  );
}

/**
 * A quiet line when something is out of reach; it never stands in the way. Its place holds the longest of its words all the while, unseen: nothing moves
 * away below a finger that is just pressing, in whatever language and size.
 */
function Connection({ seat, connected }: { seat: LiveSeat | null; connected: boolean }): ReactNode {
  const { say } = useLanguage();
  if (seat === null) return <span className="grow" />;
  const { phase, roomOnline } = seat.state;
  const lost = say('reconnecting');
  const away = say(phase === 'answering' ? 'room-away' : 'room-away.quiet');
  const now = !connected ? lost : !roomOnline && phase !== 'unpaired' ? away : null;
  return (
    <div className="connection">
      {[lost, away].map((words) => (
        <p key={words} className="notice kept-free" data-words={words} aria-hidden />
      ))}
      <div role="status">{now !== null && <p className="notice">{now}</p>}</div>
    </div>
  );
}

function Phase(props: PageProps): ReactNode {
  const { say } = useLanguage();
  const { state } = props.seat;
  switch (state.phase) {
    case 'unpaired':
      return <Pairing {...props} />;
    case 'announced':
      return <Page title={say('announced.title')} text={say('announced.text')} />;
    case 'ready':
      if (state.environmentAsks.length > 0) return <EnvironmentTest asks={state.environmentAsks} />;
      return <SignIn key={`sign-in ${state.session === null}`} {...props} />;
    case 'signed-in':
      return state.confirmed ? <Rules {...props} /> : <Confirm {...props} />;
    case 'waiting':
      return <Waiting {...props} />;
    case 'countdown':
      return <Countdown {...props} />;
    case 'answering':
    case 'locked':
      // One and the same, so that the work is not forgotten behind a lock.
      return <Answering key={state.candidate?.admissionNumber} {...props} />;
    case 'handed-in':
      return <HandedIn {...props} />;
    case 'moved':
      return <Moved {...props} />;
    case 'ended':
      return <Ended {...props} />;
    case 'absent':
      return <Absent {...props} />;
  }
}

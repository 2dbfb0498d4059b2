/** One page for each phase that the agent reports; a browser that was killed comes back where it was. */
import { useEffect, useState, type ReactNode } from 'react';
import type { SeatState } from '../contract.ts';
import { agent, refusalOf } from './agent.ts';
import { Answering } from './answering/answering.tsx';
import { useNow } from './clock.ts';
import { languages, useLanguage, type Language } from './language.tsx';
import { refusalText } from './refusal-text.ts';
import { useSeatState, type LiveSeat } from './seat-state.ts';

export function CandidateScreen(): ReactNode {
  const { say, language, choose } = useLanguage();
  const { seat, connected, take } = useSeatState(agent);
  return (
    <>
      <header className="top">
        <strong>Invigil</strong>
        {seat?.state.mock && <span className="mock">{say('mock')}</span>}
        <span className="grow" />
        {seat?.state.roomCode && <span>{say('room', { room: seat.state.roomCode })}</span>}
        {seat?.state.seatNumber != null && (
          <span>
            {say('seat')} {seat.state.seatNumber}
          </span>
        )}
        <label>
          <span className="only-read">{say('language')}</span>
          <select value={language} onChange={(event) => choose(event.target.value as Language)}>
            {Object.entries(languages).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </header>
      {seat && !connected && (
        <p className="notice" role="status">
          {say('reconnecting')}
        </p>
      )}
      {seat && connected && !seat.state.roomOnline && seat.state.phase !== 'unpaired' && (
        <p className="notice" role="status">
          {say('room-away')}
        </p>
      )}
      {seat ? (
        <Phase seat={seat} take={take} />
      ) : (
        <main className="card">
          <p role="status">{say('starting')}</p>
        </main>
      )}
    </>
  );
}

interface PageProps {
  seat: LiveSeat;
  take: (state: SeatState) => void;
}

function Phase(props: PageProps): ReactNode {
  const { say } = useLanguage();
  const { state } = props.seat;
  switch (state.phase) {
    case 'unpaired':
      return <Pairing {...props} />;
    case 'announced':
      return <Message title={say('announced.title')} text={say('announced.text')} busy />;
    case 'ready':
      return <SignIn {...props} />;
    case 'signed-in':
      return state.confirmed ? <Rules {...props} /> : <Confirm {...props} />;
    case 'waiting':
      return <Waiting {...props} />;
    case 'countdown':
      return <Countdown {...props} />;
    case 'answering':
      return <Answering {...props} />;
    case 'locked':
      return (
        <Message title={say('locked.title')} text={state.lockMessage || say('locked.text')}>
          <Act run={() => agent.sitting.acknowledgeLock()} take={props.take} label={say('locked.read')} />
        </Message>
      );
    case 'handed-in':
      return (
        <Message title={say('handed-in.title')} text={say('handed-in.text')}>
          <p className="receipt">
            <span>{say('handed-in.receipt')}</span> <strong>{state.receipt}</strong>
          </p>
          <Leave {...props} />
        </Message>
      );
    case 'moved':
      return (
        <Message title={say('moved.title')} text={say('moved.text')}>
          <Leave {...props} />
        </Message>
      );
    case 'ended':
      return (
        <Message title={say('ended.title')} text={say('ended.text')}>
          {state.pending > 0 ? <p role="status">{say('handed-in.pending')}</p> : <Leave {...props} />}
        </Message>
      );
    case 'absent':
      return (
        <Message title={say('absent.title')} text={say('absent.text')}>
          <Leave {...props} />
        </Message>
      );
  }
}

function Message(props: { title: string; text: string; busy?: boolean; children?: ReactNode }): ReactNode {
  useEffect(() => {
    document.title = `${props.title} · Invigil`;
  }, [props.title]);
  return (
    <main className="card" aria-busy={props.busy ?? false}>
      <h1>{props.title}</h1>
      <p>{props.text}</p>
      {props.children}
    </main>
  );
}

/** Runs an operation, shows what the agent then says, or why it was refused. */
function useAct(take: (state: SeatState) => void) {
  const { say } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (operation: () => Promise<SeatState>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      take(await operation());
    } catch (error) {
      setProblem(refusalText(say, refusalOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
}

function Problem({ text }: { text: string | null }): ReactNode {
  return text === null ? null : (
    <p className="problem" role="alert">
      {text}
    </p>
  );
}

function Act(props: {
  run: () => Promise<SeatState>;
  take: (state: SeatState) => void;
  label: string;
}): ReactNode {
  const { busy, problem, run } = useAct(props.take);
  return (
    <>
      <button type="button" className="primary" disabled={busy} onClick={() => void run(props.run)}>
        {props.label}
      </button>
      <Problem text={problem} />
    </>
  );
}

function Leave({ take }: PageProps): ReactNode {
  const { say } = useLanguage();
  return <Act run={() => agent.sitting.leave()} take={take} label={say('handed-in.next')} />;
}

function Pairing({ take }: PageProps): ReactNode {
  const { say } = useLanguage();
  const { busy, problem, run } = useAct(take);
  const [roomAddress, setAddress] = useState('');
  const [pairingCode, setCode] = useState('');
  return (
    <Message title={say('pairing.title')} text={say('pairing.lead')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run(() => agent.pairing.pair({ roomAddress, pairingCode }));
        }}
      >
        <label>
          {say('pairing.address')}
          <input
            required
            value={roomAddress}
            placeholder={say('pairing.address.hint')}
            onChange={(event) => setAddress(event.target.value)}
          />
        </label>
        <label>
          {say('pairing.code')}
          <input
            required
            value={pairingCode}
            autoComplete="off"
            onChange={(event) => setCode(event.target.value)}
          />
        </label>
        <button type="submit" className="primary" disabled={busy}>
          {say('pairing.join')}
        </button>
        <Problem text={problem} />
      </form>
    </Message>
  );
}

function SignIn({ seat, take }: PageProps): ReactNode {
  const { say } = useLanguage();
  const { busy, problem, run } = useAct(take);
  const [admissionNumber, setNumber] = useState('');
  const { session, seatNumber } = seat.state;
  return (
    <Message
      title={say('sign-in.title')}
      text={session ? [session.projectName, session.name, session.subject].join(' · ') : say('sign-in.none')}
    >
      {seatNumber !== null && (
        <p className="seat-number" aria-label={`${say('seat')} ${seatNumber}`}>
          {seatNumber}
        </p>
      )}
      {session && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void run(() => agent.sitting.signIn({ admissionNumber }));
          }}
        >
          <label>
            {say('sign-in.number')}
            <input
              required
              className="figures"
              inputMode="numeric"
              value={admissionNumber}
              placeholder={say('sign-in.hint')}
              autoComplete="off"
              onChange={(event) => setNumber(event.target.value)}
            />
          </label>
          <button type="submit" className="primary" disabled={busy}>
            {say('sign-in.go')}
          </button>
          <Problem text={problem} />
        </form>
      )}
    </Message>
  );
}

function Confirm({ seat, take }: PageProps): ReactNode {
  const { say } = useLanguage();
  const { busy, problem, run } = useAct(take);
  const { candidate } = seat.state;
  return (
    <Message title={say('confirm.title')} text={candidate?.name ?? ''}>
      <p className="receipt">
        <span>{say('sign-in.number')}</span> <strong>{candidate?.admissionNumber}</strong>
      </p>
      <div className="buttons">
        <button
          type="button"
          className="primary"
          disabled={busy}
          onClick={() => void run(() => agent.sitting.confirm({ confirmed: true }))}
        >
          {say('confirm.yes')}
        </button>
        <button
          type="button"
          disabled={busy}
          onClick={() => void run(() => agent.sitting.confirm({ confirmed: false }))}
        >
          {say('confirm.no')}
        </button>
      </div>
      <Problem text={problem} />
    </Message>
  );
}

function Rules({ seat, take }: PageProps): ReactNode {
  const { say } = useLanguage();
  return (
    <Message
      title={say('rules.title')}
      text={say('rules.time', { minutes: seat.state.session?.durationMin ?? 0 })}
    >
      <ul className="rules">
        {(['rules.keep', 'rules.computer', 'rules.alone', 'rules.hand-in'] as const).map((key) => (
          <li key={key}>{say(key)}</li>
        ))}
      </ul>
      <Act run={() => agent.sitting.rulesRead()} take={take} label={say('rules.read')} />
    </Message>
  );
}

function Waiting({ seat, take }: PageProps): ReactNode {
  const { say, language } = useLanguage();
  const { busy, problem, run } = useAct(take);
  const [words, setWords] = useState('');
  const startAt = seat.state.session?.startAt;
  const time =
    startAt === undefined
      ? ''
      : new Date(startAt).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  return (
    <Message title={say('waiting.title')} text={say('waiting.text')} busy>
      <p>{say('waiting.start', { time })}</p>
      <details>
        <summary>{say('phrase.ask')}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void run(() => agent.sitting.startPhrase({ words }));
          }}
        >
          <label>
            {say('phrase.label')}
            <input
              required
              value={words}
              placeholder={say('phrase.hint')}
              autoComplete="off"
              onChange={(event) => setWords(event.target.value)}
            />
          </label>
          <button type="submit" disabled={busy}>
            {say('phrase.go')}
          </button>
          <Problem text={problem} />
        </form>
      </details>
    </Message>
  );
}

function Countdown({ seat }: PageProps): ReactNode {
  const { say } = useLanguage();
  const now = useNow();
  const left = Math.max(0, (seat.state.startsInMs ?? 0) - (now - seat.arrivedAt));
  return (
    <Message title={say('countdown.title')} text={say('countdown.seconds')}>
      <p className="seat-number" role="timer">
        {Math.ceil(left / 1000)}
      </p>
    </Message>
  );
}

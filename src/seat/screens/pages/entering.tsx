/** From the empty seat to the candidate who has read the rules. */
import { useState, type ReactNode } from 'react';
import { timeGiven } from '../../../exam/accommodation/time-given.ts';
import type { SeatState } from '../../contract.ts';
import { agent } from '../agent.ts';
import { useLanguage, type Say } from '../language.tsx';
import { ChangeNumber } from './change-number.tsx';
import { FoundRooms } from './found-rooms.tsx';
import { Act, Page, Problem, useAct, type PageProps } from './page.tsx';

export function Pairing({ take }: PageProps): ReactNode {
  const { say } = useLanguage();
  const { busy, problem, run } = useAct(take);
  const [roomAddress, setAddress] = useState('');
  const [pairingCode, setCode] = useState('');
  return (
    <Page title={say('pairing.title')} text={say('pairing.lead')} focusField>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run(() => agent.pairing.pair({ roomAddress, pairingCode }));
        }}
      >
        <FoundRooms chosen={roomAddress} onChoose={setAddress} />
        <label>
          {say('pairing.address')}
          <input
            required
            value={roomAddress}
            placeholder={say('pairing.address.hint')}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setAddress(event.target.value)}
          />
        </label>
        <label>
          {say('pairing.code')}
          <input
            required
            value={pairingCode}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setCode(event.target.value)}
          />
        </label>
        <button type="submit" className="primary" disabled={busy}>
          {say('pairing.join')}
        </button>
        <Problem text={problem} />
      </form>
    </Page>
  );
}

export function SignIn({ seat, take }: PageProps): ReactNode {
  const { say } = useLanguage();
  const { busy, problem, run } = useAct(take);
  const [admissionNumber, setNumber] = useState('');
  const { session, seatNumber, showNumber } = seat.state;
  const text = session
    ? [session.projectName, session.name, session.subject].filter((one) => one !== '').join(' · ')
    : say('sign-in.none');
  return (
    <Page title={say('sign-in.title')} text={text} focusField={session !== null}>
      {seatNumber !== null && showNumber && (
        <>
          <p className="seat-number">
            <span className="only-read">{say('seat')} </span>
            {seatNumber}
          </p>
          <ChangeNumber seatNumber={seatNumber} />
        </>
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
              className="figures large"
              inputMode="numeric"
              value={admissionNumber}
              placeholder={say('sign-in.hint')}
              autoComplete="off"
              spellCheck={false}
              maxLength={40}
              onChange={(event) => setNumber(event.target.value)}
            />
          </label>
          <button type="submit" className="primary" disabled={busy}>
            {say('sign-in.go')}
          </button>
          <Problem text={problem} />
        </form>
      )}
    </Page>
  );
}

export function Confirm({ seat, take }: PageProps): ReactNode {
  const { say } = useLanguage();
  const { busy, problem, run } = useAct(take);
  const { candidate } = seat.state;
  return (
    <Page title={say('confirm.title')}>
      <div className="person">
        {candidate?.photo && (
          <img src={candidate.photo} alt={say('confirm.photo', { name: candidate.name })} />
        )}
        <dl>
          <dt>{say('confirm.name')}</dt>
          <dd>{candidate?.name}</dd>
          <dt>{say('sign-in.number')}</dt>
          <dd className="figures">{candidate?.admissionNumber}</dd>
        </dl>
      </div>
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
    </Page>
  );
}

const minuteMs = 60_000;

/** With what this candidate has been given besides. */
function ownTime(say: Say, { session, accommodations }: SeatState): string {
  const durationMs = (session?.durationMin ?? 0) * minuteMs;
  if (accommodations?.timeUnlimited) return say('rules.unlimited');
  const given = accommodations ? timeGiven(accommodations, durationMs) : 0;
  const minutes = Math.round((durationMs + given) / minuteMs);
  if (given === 0) return say('rules.time', { minutes });
  return say('rules.more', { minutes, more: Math.round(given / minuteMs) });
}

export function Rules({ seat, take }: PageProps): ReactNode {
  const { say } = useLanguage();
  return (
    <Page title={say('rules.title')} text={ownTime(say, seat.state)}>
      <ul className="rules">
        {(['rules.keep', 'rules.computer', 'rules.alone', 'rules.hand-in'] as const).map((key) => (
          <li key={key}>{say(key)}</li>
        ))}
      </ul>
      <h2>{say('guide.title')}</h2>
      <ul className="rules">
        {(['guide.answer', 'guide.move', 'guide.flag', 'guide.time', 'guide.keyboard'] as const).map(
          (key) => (
            <li key={key}>{say(key)}</li>
          ),
        )}
      </ul>
      <Act run={() => agent.sitting.rulesRead()} take={take} label={say('rules.read')} />
    </Page>
  );
}

/** Everything is ready: until the start. */
import { useState, type ReactNode } from 'react';
import { agent } from '../agent.ts';
import { useNow } from '../clock.ts';
import { useLanguage } from '../language.tsx';
import { Page, Problem, useAct, type PageProps } from './page.tsx';

export function Waiting({ seat, take }: PageProps): ReactNode {
  const { say, language } = useLanguage();
  const { busy, problem, run } = useAct(take);
  const [words, setWords] = useState('');
  const startAt = seat.state.session?.startAt;
  const time =
    startAt === undefined
      ? ''
      : new Date(startAt).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  return (
    <Page title={say('waiting.title')} text={say('waiting.text')}>
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
              autoCapitalize="none"
              spellCheck={false}
              lang="en"
              onChange={(event) => setWords(event.target.value)}
            />
          </label>
          <button type="submit" disabled={busy}>
            {say('phrase.go')}
          </button>
          <Problem text={problem} />
        </form>
      </details>
    </Page>
  );
}

export function Countdown({ seat }: PageProps): ReactNode {
  const { say } = useLanguage();
  const now = useNow();
  const left = Math.max(0, (seat.state.startsInMs ?? 0) - (now - seat.arrivedAt));
  return (
    <Page title={say('countdown.title')}>
      <p className="seat-number" role="timer">
        {Math.ceil(left / 1000)}
      </p>
      <p className="centred">{say('countdown.seconds')}</p>
    </Page>
  );
}

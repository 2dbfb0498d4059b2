/** After the work: handed in, over, gone on elsewhere, or registered as absent. */
import { useState, type ReactNode } from 'react';
import { agent } from '../agent.ts';
import { forgetWork, useTooLate } from '../answering/keepers.ts';
import { LeftFiles } from '../answering/work-folder.tsx';
import { useLanguage } from '../language.tsx';
import { Act, Page, type PageProps } from './page.tsx';

export function HandedIn(props: PageProps): ReactNode {
  const { say } = useLanguage();
  const { receipt, candidate } = props.seat.state;
  return (
    <Page title={say('handed-in.title')} text={say('handed-in.text')}>
      <p>
        {candidate?.name} <span className="figures">{candidate?.admissionNumber}</span>
      </p>
      {receipt !== null && (
        <p className="receipt">
          <span>{say('handed-in.receipt')}</span> <strong className="figures">{receipt}</strong>
        </p>
      )}
      <LeftFiles practical={props.seat.state.practical} />
      <Leave {...props} />
    </Page>
  );
}

export function Moved(props: PageProps): ReactNode {
  const { say } = useLanguage();
  return (
    <Page title={say('moved.title')} text={say('moved.text')}>
      <LeftFiles practical={props.seat.state.practical} />
      <Leave {...props} />
    </Page>
  );
}

export function Ended(props: PageProps): ReactNode {
  const { say } = useLanguage();
  const { pending } = props.seat.state;
  return (
    <Page title={say('ended.title')} text={say('ended.text')}>
      <TooLate />
      <LeftFiles practical={props.seat.state.practical} />
      {pending > 0 ? <p>{say('handed-in.pending')}</p> : <Leave {...props} />}
    </Page>
  );
}

export function Absent(props: PageProps): ReactNode {
  const { say } = useLanguage();
  return (
    <Page title={say('absent.title')} text={say('absent.text')}>
      <LeftFiles practical={props.seat.state.practical} />
      <Leave {...props} />
    </Page>
  );
}

/** What came too late is said, and not hidden behind "your answers are kept". */
function TooLate(): ReactNode {
  const { say } = useLanguage();
  return useTooLate() ? <p className="problem">{say('ended.unsent')}</p> : null;
}

/** Two steps: the page with the receipt is not clicked away in passing. */
function Leave({ take }: PageProps): ReactNode {
  const { say } = useLanguage();
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <div className="buttons">
        <button type="button" className="quiet" onClick={() => setAsked(true)}>
          {say('handed-in.next')}
        </button>
      </div>
    );
  const leave = async () => {
    const state = await agent.sitting.leave();
    forgetWork();
    return state;
  };
  return (
    <>
      <p className="hint">{say('handed-in.leave')}</p>
      <Act run={leave} take={take} label={say('handed-in.next')} quiet />
    </>
  );
}

/** How this computer's seat is: for whoever looks after the computer. No candidate's screen: the room does not take it for one. */
import { useEffect, useState, type ReactNode } from 'react';
import type { SeatStatus } from '../../status/contract.ts';
import { agent, refusalOf } from '../agent.ts';
import { diskSize } from '../file-size.ts';
import { ChooseLanguage, useLanguage } from '../language.tsx';
import { refusalText } from '../refusal-text.ts';
import { Page, Problem } from './page.tsx';

const restMs = 2_000;

export function StatusScreen(): ReactNode {
  const { say } = useLanguage();
  const { status, problem } = useStatus();
  return (
    <>
      <header className="top">
        <strong>Invigil</strong>
        <span className="grow" />
        <ChooseLanguage />
      </header>
      <Page title={say('status.title')}>
        <Problem text={problem ? say('refusal.agent-away') : null} />
        {status && <Facts status={status} />}
        <div className="buttons">
          <button type="button" onClick={() => (location.hash = '')}>
            {say('status.back')}
          </button>
        </div>
      </Page>
    </>
  );
}

function useStatus(): { status: SeatStatus | null; problem: boolean } {
  const [known, setKnown] = useState<{ status: SeatStatus | null; problem: boolean }>({
    status: null,
    problem: false,
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const look = async (): Promise<void> => {
      try {
        const status = await agent.status.get();
        if (!gone) setKnown({ status, problem: false });
      } catch (error) {
        refusalOf(error);
        if (!gone) setKnown(({ status }) => ({ status, problem: true }));
      }
      if (!gone) timer = setTimeout(() => void look(), restMs);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, []);
  return known;
}

function Facts({ status }: { status: SeatStatus }): ReactNode {
  const { say, language } = useLanguage();
  const { room, failing, supportPhone } = status;
  const contact = room?.lastContact == null ? '' : new Date(room.lastContact).toLocaleTimeString(language);
  const facts: [name: string, value: ReactNode][] = [
    [say('seat'), status.seatNumber ?? say('status.no-number')],
    [say('status.room'), room ? `${room.code} ${room.address}`.trim() : say('status.no-room')],
    [say('status.link'), room?.online ? say('status.online', { time: contact }) : say('status.offline')],
    [
      say('status.kept'),
      status.pending === 0
        ? say('status.all-there', { kept: status.kept })
        : say('status.pending', { kept: status.kept, pending: status.pending }),
    ],
    [say('status.computer'), status.computer],
    [say('status.free'), diskSize(status.freeBytes, language)],
    [say('status.data'), status.data],
    [say('status.version'), status.version],
    [say('status.help'), supportPhone === null ? say('status.help.room') : supportPhone],
  ];
  return (
    <>
      {failing && <Problem text={refusalText(say, failing)} />}
      {room?.problem && <Problem text={refusalText(say, room.problem)} />}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

import type { ReactNode } from 'react';
import { Alert, Button, Dropdown } from 'antd';
import { PhoneOutlined, UserOutlined } from '@ant-design/icons';
import { useConnection } from './connection.ts';
import { clockTime } from './format.ts';
import { HelpLink } from './help-link.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { RefusalText } from './refusal-text.tsx';
import { SessionClock } from './session-clock.tsx';
import { useSession } from './session.ts';
import { StatusBar } from './status-bar.tsx';
import { useText } from './text.ts';
import { useTick } from './use-tick.ts';

export interface Phase {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactNode;
  /** How much waits there to be read, and in words. */
  readonly unread?: { readonly count: number; readonly words: string } | undefined;
}

interface Props {
  phases: readonly Phase[];
  phase: string;
  onPhase: (id: string) => void;
  /** Instead of the server's own code, name and mode. */
  about?: { code: string; name: string; mode: 'formal' | 'mock' } | undefined;
  children: ReactNode;
}

/** Title bar, phases at the left, the page, status bar: the same on centre, site and room. */
export function Frame({ phases, phase, onPhase, about, children }: Props): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const { lostSince } = useConnection();
  return (
    <div className="frame">
      <a className="skip-link" href="#page" onClick={(event) => skipToPage(event)}>
        {t('frame.skip')}
      </a>
      <TitleBar about={about} />
      <nav className="phases" aria-label={t('frame.phases')}>
        {phases.map(({ id, label, icon, unread }) => (
          <button
            key={id}
            type="button"
            aria-current={id === phase ? 'page' : undefined}
            onClick={() => onPhase(id)}
          >
            <span className="phase-icon" aria-hidden>
              {icon}
            </span>
            {label}
            {unread && unread.count > 0 && (
              <>
                {' '}
                <span className="phase-badge" aria-hidden>
                  {unread.count}
                </span>
                <span className="only-read">{unread.words}</span>
              </>
            )}
          </button>
        ))}
      </nav>
      <main id="page" className="page" tabIndex={-1}>
        {lostSince !== null && (
          <Alert
            type="warning"
            banner
            role="status"
            title={t('frame.lost', { since: clockTime(lostSince) })}
          />
        )}
        {frame?.notice && (
          <Alert type="warning" banner role="status" title={<RefusalText refusal={frame.notice} />} />
        )}
        {children}
      </main>
      <StatusBar indicators={frame?.indicators ?? []} />
    </div>
  );
}

function TitleBar({ about }: Pick<Props, 'about'>): ReactNode {
  const t = useText();
  const { frame, user, signOut } = useSession();
  const now = useTick(1000);
  const { code, name, mode } = about ?? { code: frame?.code, name: frame?.name, mode: frame?.mode };
  return (
    <header className="title-bar">
      <span className="title-role">{frame ? t(`role.${frame.role}`) : ''}</span>
      {code != null && <span className="title-code">{code}</span>}
      {name != null && (
        <span className="title-name" title={name}>
          {name}
        </span>
      )}
      {mode != null && <span className={`title-mode mode-${mode}`}>{t(`mode.${mode}`)}</span>}
      <span className="title-middle">{frame?.session && <SessionClock session={frame.session} />}</span>
      {frame?.supportPhone != null && frame.supportPhone !== '' && (
        <span className="title-phone" title={t('system.supportPhone')}>
          <PhoneOutlined aria-hidden /> <span className="only-read">{t('system.supportPhone')} </span>
          {frame.supportPhone}
        </span>
      )}
      <time className="title-clock">{clockTime(now)}</time>
      <HelpLink />
      <LanguageSwitch />
      <Dropdown
        trigger={['click']}
        menu={{
          items: [{ key: 'out', label: t('account.signOut') }],
          onClick: () => void signOut(),
        }}
      >
        <Button type="text" icon={<UserOutlined aria-hidden />} className="title-user" title={user.account}>
          {user.name || user.account}
        </Button>
      </Dropdown>
    </header>
  );
}

function skipToPage(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#page')?.focus();
}

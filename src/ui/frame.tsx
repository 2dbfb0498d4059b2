import type { ReactNode } from 'react';
import { Alert, Button, Dropdown } from 'antd';
import { UserOutlined } from '@ant-design/icons';
import { clockTime } from './format.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { useSession } from './session.ts';
import { StatusBar } from './status-bar.tsx';
import { useText } from './text.ts';
import { useTick } from './use-tick.ts';

export interface Phase {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactNode;
}

interface Props {
  phases: readonly Phase[];
  phase: string;
  onPhase: (id: string) => void;
  /** Session and its clock, in the title bar. */
  middle?: ReactNode;
  /** Since when the live view is silent. */
  lostSince?: number | null;
  children: ReactNode;
}

/** Title bar, phases at the left, the page, status bar: the same on centre, site and room. */
export function Frame({ phases, phase, onPhase, middle, lostSince = null, children }: Props): ReactNode {
  const t = useText();
  const { frame, user, signOut } = useSession();
  const now = useTick(1000);
  return (
    <div className="frame">
      <a className="skip-link" href="#page" onClick={(event) => skipToPage(event)}>
        {t('frame.skip')}
      </a>
      <header className="title-bar">
        <span className="title-role">{frame ? t(`role.${frame.role}`) : ''}</span>
        {frame?.code != null && <span className="title-code">{frame.code}</span>}
        {frame?.name != null && <span className="title-name">{frame.name}</span>}
        {frame?.mode != null && (
          <span className={`title-mode mode-${frame.mode}`}>{t(`mode.${frame.mode}`)}</span>
        )}
        <span className="title-middle">{middle}</span>
        <time className="title-clock">{clockTime(now)}</time>
        <LanguageSwitch />
        <Dropdown
          trigger={['click']}
          menu={{
            items: [{ key: 'out', label: t('account.signOut') }],
            onClick: () => void signOut(),
          }}
        >
          <Button type="text" icon={<UserOutlined aria-hidden />} className="title-user">
            {user.account}
          </Button>
        </Dropdown>
      </header>
      <nav className="phases" aria-label={t('frame.phases')}>
        {phases.map(({ id, label, icon }) => (
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
        {children}
      </main>
      <StatusBar indicators={frame?.indicators ?? []} />
    </div>
  );
}

function skipToPage(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#page')?.focus();
}

/** The System phase of every console: who is signed in, the password, what this computer is. */
import type { ReactNode } from 'react';
import type { NodeClient } from './client.ts';
import { PasswordForm } from './entrance.tsx';
import { Facts } from './facts.tsx';
import { LongPage } from './long-page.tsx';
import { PasskeysPanel } from './passkeys/passkeys-panel.tsx';
import { useSession } from './session.ts';
import { SignInsPanel } from './sign-ins/sign-ins-panel.tsx';
import { useText } from './text.ts';
import { UsersPanel, type LimitScreen } from './users/users-panel.tsx';

export function SystemPage(props: {
  client: NodeClient;
  limits?: LimitScreen;
  children?: ReactNode;
}): ReactNode {
  const { client, limits, children } = props;
  const t = useText();
  return (
    <LongPage title={t('phase.system')}>
      <ThisComputer />
      {children}
      <UsersPanel client={client} {...(limits ? { limits } : {})} />
      <SignInPanels client={client} />
    </LongPage>
  );
}

export function ThisComputer(): ReactNode {
  const t = useText();
  const { user, frame } = useSession();
  const version = frame?.indicators.find((one) => one.id === 'version')?.values['version'] ?? null;
  return (
    <section className="panel panel-narrow">
      <h2>{t('system.thisComputer')}</h2>
      <Facts
        of={[
          [t('account.name'), `${user.account} · ${t(`account.role.${user.role}`)}`],
          [t('system.code'), frame?.code],
          [t('system.name'), frame?.name],
          [t('indicator.version'), version],
          [t('system.supportPhone'), frame?.supportPhone],
        ]}
      />
    </section>
  );
}

/** How and where this user signs in. */
export function SignInPanels({ client }: { client: NodeClient }): ReactNode {
  return (
    <>
      <SignInsPanel client={client} />
      <PasskeysPanel client={client} />
      <PasswordPanel />
    </>
  );
}

function PasswordPanel(): ReactNode {
  const t = useText();
  const { changePassword } = useSession();
  return (
    <section className="panel panel-narrow">
      <h2>{t('account.changePassword')}</h2>
      <PasswordForm change={changePassword} />
    </section>
  );
}

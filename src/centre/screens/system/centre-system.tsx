/** The centre's system page, and the pages that it leads to. */
import type { ReactNode } from 'react';
import { useSession } from '../../../ui/session.ts';
import { SystemPage } from '../../../ui/system-page.tsx';
import { ApiKeysPanel } from '../api-keys/api-keys-panel.tsx';
import type { CentreClient } from '../centre-console.tsx';
import { useLimitScreen } from '../users/limit-fields.tsx';
import { GatewaysPanel } from './gateways-panel.tsx';
import { MailPage } from './mail-page.tsx';
import { MailPanel } from './mail-panel.tsx';
import { OpenIdPage, OpenIdPanel } from './openid-page.tsx';

interface Props {
  centre: CentreClient;
  page: string | undefined;
  go: (...parts: string[]) => void;
}

export function CentreSystem({ centre, page, go }: Props): ReactNode {
  const { role, limit } = useSession().user;
  const limits = useLimitScreen(centre);
  const manages = role === 'administrator' && limit === null;
  if (page === 'openid' && manages) return <OpenIdPage centre={centre} onBack={() => go('system')} />;
  if (page === 'mail' && manages) return <MailPage centre={centre} onBack={() => go('system')} />;
  return (
    <SystemPage client={centre} limits={limits}>
      {manages && <OpenIdPanel centre={centre} onOpen={() => go('system', 'openid')} />}
      <ApiKeysPanel centre={centre} />
      {limit === null && (role === 'administrator' || role === 'operator') && (
        <GatewaysPanel centre={centre} />
      )}
      <MailPanel centre={centre} onOpen={manages ? () => go('system', 'mail') : undefined} />
    </SystemPage>
  );
}

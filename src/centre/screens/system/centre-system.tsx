/** The centre's system page, and the pages that it leads to. */
import type { ReactNode } from 'react';
import { useSession } from '../../../ui/session.ts';
import { SystemPage } from '../../../ui/system-page.tsx';
import { ApiKeysPanel } from '../api-keys/api-keys-panel.tsx';
import type { CentreClient } from '../centre-console.tsx';
import { MailPage } from './mail-page.tsx';
import { MailPanel } from './mail-panel.tsx';
import { OpenIdPage, OpenIdPanel } from './openid-page.tsx';

interface Props {
  centre: CentreClient;
  page: string | undefined;
  go: (...parts: string[]) => void;
}

export function CentreSystem({ centre, page, go }: Props): ReactNode {
  const manages = useSession().user.role === 'administrator';
  if (page === 'openid' && manages) return <OpenIdPage centre={centre} onBack={() => go('system')} />;
  if (page === 'mail' && manages) return <MailPage centre={centre} onBack={() => go('system')} />;
  return (
    <SystemPage client={centre}>
      {manages && <OpenIdPanel centre={centre} onOpen={() => go('system', 'openid')} />}
      <ApiKeysPanel centre={centre} />
      <MailPanel centre={centre} onOpen={manages ? () => go('system', 'mail') : undefined} />
    </SystemPage>
  );
}

/** On the system page: whether FTP and SFTP are open, and what sites have to compare. */
import type { ReactNode } from 'react';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { CentreClient } from '../centre-console.tsx';

export function GatewaysPanel({ centre }: { centre: CentreClient }): ReactNode {
  const t = useText();
  const { value } = useLoaded('gateways', () => centre.gateway.get());
  if (value === null) return null;
  const { ftp, sftp } = value;
  return (
    <section className="panel panel-narrow">
      <h2>{t('gateway.title')}</h2>
      <div className="stack">
        <p className="hint">{t('gateway.about')}</p>
        {!ftp && !sftp && <p>{t('gateway.off')}</p>}
        {ftp && (
          <p>
            <Mark {...checkMarks.done} word={t('gateway.ftp', { port: ftp.port })} />
            {ftp.passive && (
              <span className="soft">
                {' '}
                {t('gateway.ftpPassive', { first: ftp.passive[0], last: ftp.passive[1] })}
              </span>
            )}
          </p>
        )}
        {ftp?.plain && (
          <p>
            <Mark {...checkMarks.warning} word={t('gateway.plain')} />
          </p>
        )}
        {sftp && (
          <>
            <p>
              <Mark {...checkMarks.done} word={t('gateway.sftp', { port: sftp.port })} />
            </p>
            <p>
              {t('gateway.hostKey')}: <code>{sftp.hostKey}</code>
            </p>
          </>
        )}
      </div>
    </section>
  );
}

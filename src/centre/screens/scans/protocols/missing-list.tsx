/** What a site has to send yet, in words: copied, taken as a file, printed, or posted to the site. */
import type { ReactNode } from 'react';
import { App, Button, Input } from 'antd';
import { CopyOutlined } from '@ant-design/icons';
import { textLimit } from '../../../../exam/support/posting.ts';
import { ActButton } from '../../../../ui/act-button.tsx';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { useText, type Text } from '../../../../ui/text.ts';
import type { SiteProtocols } from '../../../protocols/contract.ts';
import { supportContract } from '../../../support/contract.ts';
import type { CentreClient } from '../../centre-console.tsx';
import { PrintButton } from '../completeness/printed-sites.tsx';

/** Lines, the first of them saying of what; none: nothing is missing. */
export function missingLines(t: Text, { event, site, rooms }: SiteProtocols): string[] {
  const lines = rooms.flatMap(({ room, missing: { sheets, kits } }) => {
    const of = [
      ...sheets.map(({ kit, kind, number, sides }) =>
        t('protocols.missingSheet', {
          kit,
          kind: t(`completeness.kind.${kind}`),
          number,
          sides: sides.join(', '),
        }),
      ),
      ...(kits === null ? [] : [t('protocols.kitsMissing', kits)]),
    ];
    if (of.length === 0) return [];
    return [
      room === '' ? t('protocols.noRoom') : t('protocols.roomTitle', { room }),
      ...of.map((one) => `- ${one}`),
    ];
  });
  if (lines.length === 0) return [];
  return [t('protocols.missingAbout', { event: event.name, date: event.date, site: site.code }), ...lines];
}

export function MissingList(props: {
  centre: CentreClient;
  projectId: string;
  of: SiteProtocols;
  onPrint: () => void;
  onDone: () => void;
}): ReactNode {
  const t = useText();
  const { message } = App.useApp();
  const mayPost = useRoleGate(supportContract.open);
  const { centre, projectId, of, onPrint, onDone } = props;
  const lines = missingLines(t, of);
  if (lines.length === 0) return <p>{t('protocols.nothingMissing')}</p>;
  const text = lines.join('\n');
  const siteCode = of.site.code;
  return (
    <div className="stack">
      <Input.TextArea readOnly aria-label={t('protocols.missing')} value={text} rows={12} />
      <div className="row">
        <Button
          icon={<CopyOutlined aria-hidden />}
          onClick={() =>
            navigator.clipboard.writeText(text).then(
              () => message.success(t('protocols.copied')),
              () => message.warning(t('protocols.copyFailed')),
            )
          }
        >
          {t('protocols.copyList')}
        </Button>
        <DownloadButton
          make={() =>
            centre.protocol.exportMissing({ projectId, eventId: of.event.id, siteCode, language: t.language })
          }
        >
          {t('completeness.exportXlsx')}
        </DownloadButton>
        <PrintButton onClick={onPrint} />
        <ActButton
          type="primary"
          gate={mayPost}
          done={t('protocols.posted')}
          act={async () => {
            await centre.support.open({
              projectId,
              siteCode,
              stage: 'reported',
              priority: 'normal',
              phone: '',
              text: posted(t, lines),
              byTelephone: false,
            });
            onDone();
          }}
        >
          {t('protocols.post')}
        </ActButton>
      </div>
    </div>
  );
}

/** As many whole lines as a posting holds. */
function posted(t: Text, lines: readonly string[]): string {
  const text = lines.join('\n');
  if (text.length <= textLimit) return text;
  const rest = t('protocols.tooLong');
  let length = rest.length;
  const fits = lines.filter((line) => (length += line.length + 1) <= textLimit);
  return [...fits, rest].join('\n');
}

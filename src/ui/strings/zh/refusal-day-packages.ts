import type { refusalDayPackages as en } from '../en/refusal-day-packages.ts';
import type { SameKeys } from '../strings.ts';

/** What comes from sites after an exam on paper: packages, journals, and what the gateways' folders say. */
export const refusalDayPackages: SameKeys<typeof en> = {
  'refusal.archive-of-another-site':
    '压缩包以考点 {site} 命名，而这是考点 {own} 的文件夹。|请用考点 {site} 的账号登录，或更正文件名。',
  'refusal.archive-of-another-subject':
    '压缩包以 {found} 命名，而此文件夹用于 {expected}。|请发送到对应科目和日期的文件夹，或更正文件名。',
  'refusal.archive-name-not-by-rule':
    '压缩包应命名为“考点_科目_日期.zip”，此处为 {expected}；后续的以 _2.zip、_3.zip 结尾。|请改名后重新发送。',
  'refusal.day-journal-not-whole':
    '工作站日志不完整（{what}，第 {seq} 条）。|请从工作站重新导出；不要打开或修改文件。',
  'refusal.day-journal-told-twice':
    '工作站 {number} 此前已用其他内容提交过第 {closing} 次关闭。|请让工作站再次结束工作并发送该日志。',
  'refusal.day-package-differs':
    '考场 {room} 的第 {part} 个数据包已存在且内容不同。|请让扫描站制作新的替换数据包。',
  'refusal.day-parcel-of-another-site': '文件来自考点 {site} 的工作站。|请从该考点发送，或交由考试中心接收。',
  'refusal.event-not-of-site': '考点 {site} 不参加此科考试：答题卡登记册中没有它。|请检查答题卡登记册。',
  'refusal.gateway-folder-only-for-sites': '只有考点账号在此有文件夹。|请向考试中心索取本考点的账号。',
  'refusal.gateway-no-such-file': '没有这个文件或文件夹。|请刷新列表。',
  'refusal.gateway-no-uploads-here': '此文件夹不接收文件。|请发送到科目文件夹下的考点文件夹。',
  'refusal.gateway-password-to-replace':
    '此密码另有人知道，必须先更换。|请在考试中心的页面登录一次并设置自己的密码。',
  'refusal.gateway-sent-not-given-out': '已发送的文件不再提供下载。|对它的答复在旁边以 .txt 结尾的文件中。',
  'refusal.no-packages-yet': '该考点还没有数据包，无可答复。|请等待第一个数据包。',
  'refusal.no-such-package': '没有这个数据包。|请重新加载页面。',
  'refusal.not-a-day-parcel': '这是 {found}；此处接收答卷数据包、工作站日志和状态。|请选择正确的文件。',
  'refusal.package-contents-unreadable': '无法读取数据包的内容清单。|请让工作站重新制作数据包。',
  'refusal.package-counts-differ': '数据包声明 {declared} 页，实际有 {found} 页。|请让扫描站重新制作数据包。',
  'refusal.package-not-confirmed': '数据包尚未打开，或已被拒绝。|请等待确认。',
  'refusal.package-not-here': '数据包已登记，但考试中心的存储中没有其文件。|请让考点重新发送，并检查存储。',
  'refusal.package-opening-failed': '无法打开数据包：{problem}。|考试中心下次启动后会再试。',
  'refusal.package-part-too-large':
    '数据包中的 {part} 超过 {limit:bytes}。|请检查制作它的工作站，并重新制作数据包。',
  'refusal.package-parts-differ':
    '数据包的部分 {part} 缺失、多余，或与工作站所列不符。|请让工作站重新制作数据包。',
  'refusal.package-replaces-unknown':
    '数据包声称替换 {replaces}，但后者属于其他考点或考试。|请提交本考点的文件；如确为本考点文件，请告知监控平台。',
  'refusal.package-without-sheet': '此数据包中没有答题卡 {number} 第 {side} 面。|请从列表中选择。',
  'refusal.parcel-of-another-event': '文件属于考试“{event}”，本项目没有这样的考试。|请检查科目和日期。',
  'refusal.recording-unreadable': '录音 {part} 不是 FLAC 文件。|请让录音站重新制作数据包。',
  'refusal.rescan-without-sheets': '没有说明要重新扫描哪些答题卡。|请至少选择一张。',
};

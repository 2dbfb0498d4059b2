import type { refusalSiteDay as en } from '../en/refusal-site-day.ts';
import type { SameKeys } from '../strings.ts';

/** A site on the day of an exam on paper: what it does not take, and what its day still lacks. */
export const refusalSiteDay: SameKeys<typeof en> = {
  'refusal.no-such-event-here': '本机没有这场纸笔考试的信息。|请先向中心获取列表，或从文件载入其材料或密钥。',
  'refusal.wrong-event': '文件中写着两场不同的考试。|请向中心重新索取。',
  'refusal.file-of-no-day': '该文件（{found}）不属于纸笔考试。|请选择其他文件，或在相应的页面载入。',
  'refusal.no-materials-offered': '中心尚未为本考点准备材料。|请稍后再试，或从文件载入。',
  'refusal.materials-under-way': '材料正在获取中。|请等待完成。',
  'refusal.materials-not-here': '本考点还没有这场考试的材料。|请从中心获取或从文件载入。',
  'refusal.no-key-offered': '中心尚未为本考点生成访问密钥。|请稍后再试，或致电中心。',
  'refusal.key-not-released':
    '访问密钥 {number} 号尚未放行。|请获取放行信息、从文件载入，或输入中心口述的内容。',
  'refusal.no-station-admitted': '还没有接纳任何站，无人能打开密钥。|请先载入各站的就绪文件并接纳。',
  'refusal.no-such-station': '列表中已没有该站。|请重新载入列表。',
  'refusal.station-of-another-site':
    '该文件来自考点 {site} 的站。|未作更改。请送到该考点，或在该站更正考点代码。',
  'refusal.station-has-another-key':
    '{number} 号站在此登记的是另一把密钥。|若电脑已更换，请用空的数据文件夹重新设置，并在接纳时说明替换哪台站。',
  'refusal.station-number-changed':
    '该站以 {before} 号被接纳，现在却是 {number} 号。|请改回原号，或用空的数据文件夹重新设置。',
  'refusal.readiness-older': '已有该站更新的就绪文件。|未作更改。',
  'refusal.station-changed-meanwhile': '该站在此期间写了新的就绪文件。|请重新核对数码。',
  'refusal.station-number-taken':
    '{number} 号已被另一台站使用。|若本站是替换它，请在接纳时说明；否则请换一个号码。',
  'refusal.station-not-replaceable': '不能用本站替换该站。|请选择同类型、已接纳且尚未被替换的站。',
  'refusal.station-is-no-reserve': '{number} 号站不是可进入考场的备用站。|请选择已接纳的备用站。',
  'refusal.station-is-admitted': '{number} 号站已被接纳，会保留在列表中，且需要其日志。|请改用替换。',
  'refusal.station-not-known': '本考点没有接纳该站（{number} 号）。|请先载入其就绪文件并接纳，再载入本文件。',
  'refusal.station-checks-bad': '该站报告以下检测未通过：{checks}。|请在考前处理，或仍然接纳。',
  'refusal.station-admitted-without-region':
    '接纳该站时材料尚未说明地区，其日志名会缺少地区号。|请再次把接纳文件写入优盘。',
  'refusal.journal-of-another-day': '该日志属于 {date}，而考试在 {expected}。|请使用考试当天的日志。',
  'refusal.journal-told-twice':
    '{number} 号站的第 {closing} 次结束已在此，本文件内容并不更多。|未作更改。若两者不同，请在该站重新生成日志。',
  'refusal.station-journal-not-whole':
    '日志不完整（{what}，第 {seq} 条）。|请在该站重新生成；若仍不行，请致电中心：无法证明该站做了什么。',
  'refusal.package-differs':
    '此前已有同名但内容不同的数据包，保留的是第一个。|请在该站生成新的数据包来替换。',
  'refusal.no-words-here': '中心尚未就数据包作出答复。|请先询问中心。',
  'refusal.nothing-to-send': '没有待发送的数据包。|请先从扫描站或录音站的优盘载入。',
  'refusal.nothing-told-yet': '尚未上报状态，也没有日志，没有可交给中心的内容。|请先载入日志或上报状态。',
  'refusal.stage-is-derived': '该阶段由系统根据数据得出。|不能手动标记。',
  'refusal.packages-not-at-centre':
    '中心尚未确认以下纸笔考试数据包：{packages}。|请发送并等待确认；此处可能是唯一副本。',
  'refusal.earlier-status-missing': '请先上报：{status}。',
  'refusal.no-stations': '列表中没有站。|请载入各站的就绪文件。',
  'refusal.stations-not-ready': '尚未接纳：{stations}。|请接纳或移除。',
  'refusal.journals-missing': '缺少日志：{stations}。|请从各站优盘载入，或填写原因。',
  'refusal.scan-journals-missing': '缺少扫描站日志：{stations}。|请从优盘载入，或填写原因。',
  'refusal.packages-missing': '没有数据包。|请从扫描站优盘载入并发送。',
  'refusal.packages-not-confirmed': '中心未确认或需重新扫描：{packages}。|请等待确认；对列出的内容重新扫描。',
};

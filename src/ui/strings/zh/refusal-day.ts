import type { refusalDay as en } from '../en/refusal-day.ts';
import type { SameKeys } from '../strings.ts';

/** A paper exam's day: stations, materials, keys, kits. */
export const refusalDay: SameKeys<typeof en> = {
  'refusal.station-not-set': '还没有登记本站属于哪个考点。|请先填写考点、考场和站号。',
  'refusal.station-not-admitted': '考点尚未接纳本站。|请把就绪文件带到考点管理端，再把接纳文件带回。',
  'refusal.station-admitted-elsewhere':
    '本站属于考点 {site}。|请填写该考点代码；若用于其他考点，请用空的数据文件夹重新安装。',
  'refusal.station-of-another-kind':
    '此处的数据属于另一种站（{found}）。|请按原类型启动，或换一个数据文件夹。',
  'refusal.work-under-way': '材料已在本站打开，现在不能更改。|请先结束工作或关闭材料，再试。',
  'refusal.admission-not-as-compared': '这份接纳文件不是刚才核对过数码的那一份。|请重新查找并再次核对。',
  'refusal.admission-of-another-centre':
    '接纳文件所属的中心与本站信任的中心不同。|请向考点核实来源。未作任何更改。',
  'refusal.admission-of-another-station': '该接纳文件属于另一台站。|请使用标有本站号码的文件。',
  'refusal.materials-missing': '本站还没有考试材料。|请插入考点管理端写好的优盘并载入。',
  'refusal.materials-older':
    '这些材料（第 {revision} 版）比本站已有的（第 {here} 版）旧。|未作更改。请使用最新的优盘。',
  'refusal.key-missing': '本站还没有访问密钥。|请插入存有密钥的优盘并载入。',
  'refusal.key-older': '该密钥编号为 {number}，本站已有编号 {here}。|后发的密钥包含先前的，无需处理。',
  'refusal.key-of-another-site': '该密钥属于考点 {site}。|请使用本考点的密钥。',
  'refusal.key-of-another-event': '密钥与本站材料不属于同一考试。|请载入对应的材料或正确的密钥。',
  'refusal.key-not-for-station': '密钥中没有本站。|请在考点管理端为本站写密钥；新增的站需要备用密钥。',
  'refusal.key-not-for-room': '密钥中没有考场 {room} 的试卷。|请在“本站”一步核对考场，或申请备用密钥。',
  'refusal.key-too-early': '密钥在 {from:time} 之前不能使用。|请等待；若已过该时间，请校正本机时钟。',
  'refusal.key-expired': '密钥已于 {since:time} 失效。|若未到该时间，请校正本机时钟；否则请申请备用密钥。',
  'refusal.key-opens-nothing': '密钥与本站材料不匹配。|请载入最新的材料和密钥。',
  'refusal.key-not-activated': '密钥尚未激活。|请委员会成员插入令牌并输入 PIN。',
  'refusal.token-missing': '没有找到令牌。|请插入令牌并等待其显示。',
  'refusal.token-opens-nothing':
    '该令牌（{serial}）在此无效：密钥不是为它生成的。|请使用密钥中所列成员的令牌。',
  'refusal.no-such-drive': '优盘已不在。|请重新插入并选择。',
  'refusal.file-not-on-stick': '优盘上已没有该文件。|请插入优盘并重新选择。',
  'refusal.digits-count': '输入了 {found} 位数字，应为 {expected} 位。|请对方重新逐组朗读。',
  'refusal.digits-checksum': '有数字错误。|请逐组核对。',
  'refusal.run-finished': '本站打印已结束。|缺少的请在备用站打印。',
  'refusal.kit-unknown': '没有第 {kit} 套。|请在列表中核对编号。',
  'refusal.kit-printed-already': '第 {kit} 套已送打印，其编号不可再用。|请标记为作废，由备用套替换。',
  'refusal.kits-beyond-key': '密钥允许 {allowed} 套，已用 {used} 套。|请申请备用密钥。',
  'refusal.kit-not-spoiled': '第 {kit} 套未作废，无需替换。|请先标记作废并填写原因。',
  'refusal.kit-not-out': '第 {kit} 套尚未打印出来。|请等待打印完成。',
  'refusal.spoiled-needs-reason': '作废须填写原因。|请简要说明问题。',
  'refusal.kits-without-verdict': '以下套尚未判定：{kits}。|请逐套检查并选择合格或作废。',
  'refusal.printing-under-way': '打印机仍在处理 {kits} 套。|请等待，或说明实际打印结果。',
  'refusal.job-unknown': '本站没有发送任务 {job}。|请查看打印机自身的列表。',
  'refusal.status-told-already': '该状态已上报。|无需处理。',
  'refusal.status-not-yet': '现在还不能上报该状态。|请处理下列事项，或在允许时填写原因。',
};

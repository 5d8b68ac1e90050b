import { Button } from "@/components/ui/button"
import { Input } from "@/components/ui/input"
import { useState } from "react"

const PLOT = { left: 8, right: 392, row: 44, top: 6 }

// Candidates side by side: cards, a table of those that were picked, and how far each has it to places nearby.
export default function Candidates() {
  const { cards, kinds, labels, most, reach } = props
  const rows = (before, after) =>
    [...before, ...kinds.map((kind) => kind.key), ...after].map((row) => [row, kinds.find((kind) => kind.key === row)])
  const [picked, setPicked] = useState([])
  const [open, setOpen] = useState(false)
  const toggle = (id) =>
    setPicked(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id].slice(-most))
  const told = (card, row) => card.near[row]?.text || card[row] || labels.unknown
  const chosen = cards.filter((card) => picked.includes(card.id))
  const measured = cards.filter((card) => Object.keys(card.near).length)

  return (
    <section className="candidates flex flex-col gap-3" aria-label={labels.title}>
      <ul className="candidate-cards">
        {cards.map((card) => (
          <li key={card.id} className="candidate-card flex flex-col gap-1 rounded-xl border bg-card p-3">
            <div className="font-semibold">{card.name}</div>
            {card.other_name ? <div className="text-sm text-muted-foreground">{card.other_name}</div> : null}
            <dl className="text-sm">
              {rows(["district", "move_in", "price"], []).map(([row, kind]) => (
                <div key={row} className="flex gap-2">
                  <dt className="shrink-0 text-muted-foreground">{kind?.label || labels[row]}</dt>
                  <dd>{told(card, row)}</dd>
                </div>
              ))}
            </dl>
            {card.why ? <p className="candidate-why">{card.why}</p> : null}
            {card.closed ? <p className="text-sm text-muted-foreground">{card.closed}</p> : null}
            <label className="mt-auto flex items-center gap-2 pt-1 text-sm">
              <input type="checkbox" checked={picked.includes(card.id)} onChange={() => toggle(card.id)} />
              {labels.pick}
              <span className="sr-only">{card.name}</span>
            </label>
          </li>
        ))}
      </ul>
      <div>
        <Button variant="outline" size="sm" disabled={picked.length < 2} onClick={() => setOpen(!open)}>
          {open && chosen.length > 1 ? labels.close : labels.compare}
        </Button>
      </div>
      {open && chosen.length > 1 ? (
        <div className="candidate-table overflow-x-auto" tabIndex={0} role="region" aria-label={labels.compared}>
          <table className="w-full text-sm">
            <caption className="sr-only">{labels.compared}</caption>
            <thead>
              <tr>
                <td />
                {chosen.map((card) => (
                  <th key={card.id} scope="col">
                    {card.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows(["district", "move_in", "households", "price"], ["why"]).map(([row, kind]) => (
                <tr key={row}>
                  <th scope="row">{kind?.label || labels[row]}</th>
                  {chosen.map((card) => (
                    <td key={card.id}>{told(card, row)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {measured.length ? <Distances cards={measured} kinds={kinds} labels={labels} reach={reach} /> : null}
      {props.why ? <WhyNot why={props.why} /> : null}
    </section>
  )
}

// Drawn here, from the figures alone: no map is asked of any server.
function Distances({ cards, kinds, labels, reach }) {
  const x = (metres) => PLOT.left + ((PLOT.right - PLOT.left) * metres) / reach
  const height = PLOT.top + cards.length * PLOT.row + 22
  const said = cards.map((card) => [card.name, ...kinds.map(({ key }) => card.near[key]?.text)].filter(Boolean).join(", "))
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => Math.round((reach * part) / 10) * 10)
  return (
    <figure className="candidate-distances">
      <figcaption className="text-sm text-muted-foreground">
        {labels.distances}{" "}
        {kinds.map(({ key, label, mark }, number) => (
          <span key={key}>
            <span className={`place-${number}`}>{mark}</span> {label}{" "}
          </span>
        ))}
        ({labels.straight})
      </figcaption>
      <svg viewBox={`0 0 400 ${height}`} role="img" aria-label={said.join(". ")}>
        {ticks.map((metres) => (
          <g key={metres}>
            <line className="tick" x1={x(metres)} x2={x(metres)} y1={PLOT.top} y2={height - 18} />
            <text x={x(metres)} y={height - 5} textAnchor={metres === 0 ? "start" : metres >= reach * 0.9 ? "end" : "middle"}>
              {metres.toLocaleString()}m
            </text>
          </g>
        ))}
        {cards.map((card, number) => {
          const y = PLOT.top + number * PLOT.row + 30
          return (
            <g key={card.id}>
              <text className="name" x={PLOT.left} y={y - 12}>
                {card.name}
              </text>
              <line className="axis" x1={PLOT.left} x2={PLOT.right} y1={y} y2={y} />
              {kinds.map(({ key, mark }, number) =>
                card.near[key] ? (
                  <text key={key} className={`mark place-${number}`} x={x(card.near[key].distance)} y={y + 5}>
                    {mark}
                  </text>
                ) : null,
              )}
            </g>
          )
        })}
      </svg>
    </figure>
  )
}

// Asks why a home that somebody expected is not among them.
function WhyNot({ why }) {
  const [name, setName] = useState("")
  const ask = (event) => {
    event.preventDefault()
    if (name.trim()) sendUserMessage(why.question.replace("…", name.trim()))
    setName("")
  }
  return (
    <form className="flex flex-wrap items-center gap-2 text-sm" onSubmit={ask}>
      <label className="flex items-center gap-2">
        <span className="text-muted-foreground">{why.label}</span>
        <Input
          className="h-9 w-44"
          value={name}
          placeholder={why.placeholder}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <Button type="submit" variant="outline" size="sm" disabled={!name.trim()}>
        {why.ask}
      </Button>
    </form>
  )
}

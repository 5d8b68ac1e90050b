import { Button } from "@/components/ui/button"
import { useRef, useState } from "react"

const withoutMarks = (text) => text.replace(/[^\S\n]*\[\d+\]/g, "")

// An agent's desk: a customer's message in; what helps to answer it, and the reply, out.
export default function Desk() {
  const { labels, most } = props
  const [message, setMessage] = useState("")
  const [found, setFound] = useState(null)
  const [figures, setFigures] = useState(props.figures)
  const [problem, setProblem] = useState("")
  const [reading, setReading] = useState(false)
  const busy = useRef(false)

  const open = async (event) => {
    event.preventDefault()
    if (busy.current) return
    busy.current = true
    setReading(true)
    setFound(null)
    const opened = await call("desk_open", { message }, labels)
    setProblem(opened.problem || "")
    if (!opened.problem) {
      setFound(opened)
      setMessage("")
    }
    setReading(false)
    busy.current = false
  }

  return (
    <section className="desk flex flex-col gap-4 text-sm" aria-label={labels.title}>
      <Figures figures={figures} labels={labels} columns={props.columns} />
      <form className="flex flex-col gap-2" onSubmit={open}>
        <label className="font-semibold" htmlFor="desk-message">{found ? labels.next : labels.paste}</label>
        <textarea id="desk-message" className="rounded-md border bg-background p-2" rows={found ? 2 : 5} maxLength={most}
          placeholder={labels.placeholder} value={message} onChange={(event) => setMessage(event.target.value)} />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" disabled={reading || !message.trim()}>{labels.find}</Button>
          <span role="status">{reading ? labels.finding : problem}</span>
        </div>
      </form>
      {found ? <Case key={found.case} found={found} labels={labels} onDecided={setFigures} /> : null}
    </section>
  )
}

const call = async (name, payload, labels) => {
  const result = await callAction({ name, payload })
  return result?.response || { problem: labels.failed }
}

function Figures({ figures, labels, columns }) {
  return (
    <div className="desk-figures flex flex-col gap-1 rounded-xl border bg-card p-3">
      {figures.tallies.map((tally) => <p key={tally}>{tally}</p>)}
      {figures.rows.length ? (
        <details>
          <summary className="cursor-pointer">{labels.figures}</summary>
          <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={labels.figures}>
            <table className="w-full">
              <thead>
                <tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr>
              </thead>
              <tbody>
                {figures.rows.map(([name, ...cells]) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    {cells.map((cell, number) => <td key={number}>{cell}</td>)}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="text-muted-foreground">{figures.basis}</p>
        </details>
      ) : null}
      {figures.disputed.length ? (
        <details>
          <summary className="cursor-pointer">{labels.disputed} ({figures.disputed.length})</summary>
          <ul>
            {figures.disputed.map((entry) => (
              <li key={entry.id} className="py-1">
                <EntryLink id={entry.id} question={entry.question} labels={labels} />{" "}
                <span className="text-muted-foreground">{entry.told}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}

// Opens the entry at the side.
function EntryLink({ id, question, labels }) {
  const [problem, setProblem] = useState("")
  const show = async () => setProblem((await call("desk_show_entry", { entry: id }, labels)).problem || "")
  return (
    <>
      <button type="button" className="desk-link" onClick={show}>{question}</button>
      {problem ? <span role="status"> {problem}</span> : null}
    </>
  )
}

function Case({ found, labels, onDecided }) {
  const [text, setText] = useState("")
  const [basis, setBasis] = useState("")
  const [restsOn, setRestsOn] = useState(found.rests_on)
  const [draft, setDraft] = useState(null)
  const [said, setSaid] = useState("")
  const [rejecting, setRejecting] = useState(false)
  const [rejected, setRejected] = useState(false)
  const [accepted, setAccepted] = useState(false)
  const asked = useRef(false)
  const touched = useRef(false)
  const busy = useRef(false)

  const write = async () => {
    const made = await call("desk_draft", { case: found.case }, labels)
    setDraft(made)
    if (made.problem || touched.current) return
    setText(made.text)
    setBasis("draft")
    setRestsOn(made.rests_on)
  }
  if (!asked.current) {
    asked.current = true
    write()
  }
  const start = (given, from, entry) => {
    touched.current = true
    setText(given)
    setBasis(from)
    setRestsOn(entry)
  }
  const useEntry = async (id) => {
    const made = await call("desk_use_entry", { case: found.case, entry: id }, labels)
    if (made.problem) setSaid(made.problem)
    else start(made.text, made.basis, id)
  }
  const edit = (event) => {
    touched.current = true
    setText(event.target.value)
  }
  const decide = async (name, more) => {
    if (busy.current) return
    busy.current = true
    const told = await call(name, { case: found.case, basis, entry: restsOn, ...more }, labels)
    setSaid(told.told || told.problem)
    if (told.figures) onDecided(told.figures)
    busy.current = false
    return !told.problem
  }
  const accept = async () => {
    if (await decide("desk_accept", { answer: text })) {
      setAccepted(true)
      setRejecting(false)
    }
  }
  const reject = async (reason, comment) => {
    if (await decide("desk_reject", { reason, comment })) {
      setRejected(true)
      setRejecting(false)
    }
  }
  const copy = async () => setSaid((await copied(withoutMarks(text))) ? labels.copied : labels.no_copy)
  const offered = basis && !(basis === "draft" && draft?.holding)

  return (
    <div className="flex flex-col gap-4">
      <section aria-labelledby="desk-said">
        <h3 id="desk-said" className="mb-2 font-semibold">{labels.message}</h3>
        <blockquote className="desk-message whitespace-pre-wrap rounded-md bg-muted p-3">{found.message}</blockquote>
        {found.flags.length ? (
          <ul className="mt-2 flex flex-wrap gap-2">
            {found.flags.map((flag) => (
              <li key={flag.text} className={flag.grave ? "desk-flag desk-grave" : "desk-flag"}>{flag.text}</li>
            ))}
          </ul>
        ) : null}
      </section>
      <section className="flex flex-col gap-2" aria-labelledby="desk-draft">
        <h3 id="desk-draft" className="font-semibold">{labels.draft}</h3>
        {draft ? null : <p role="status" className="text-muted-foreground">{labels.drafting}</p>}
        {draft?.problem ? <p role="alert">{draft.problem}</p> : null}
        {draft?.holding ? <p className="desk-holding rounded-md border p-2">{labels.holding}</p> : null}
        {draft?.notes?.map((note) => <p key={note} className="text-muted-foreground">{note}</p>)}
        <textarea className="desk-reply rounded-md border bg-background p-3" aria-label={labels.reply} value={text}
          readOnly={accepted} onChange={edit} />
        <p className="text-muted-foreground">{labels.marks}</p>
        <div className="flex flex-wrap items-center gap-2">
          <Button disabled={accepted || !text.trim()} onClick={accept}>{labels.accept}</Button>
          <Button variant="outline" disabled={accepted || rejected || !offered} aria-expanded={rejecting}
            onClick={() => setRejecting(!rejecting)}>
            {labels.reject}
          </Button>
          <Button variant="outline" disabled={!text.trim()} onClick={copy}>{labels.copy}</Button>
          <span role="status" className="desk-told">{said}</span>
        </div>
        {rejecting ? <Reasons labels={labels} onSend={reject} /> : null}
        {draft?.citations?.length ? <Evidence draft={draft} found={found} labels={labels} /> : null}
      </section>
      <div className="desk-columns">
        <Entries found={found} cited={draft?.entry} labels={labels} restsOn={restsOn} onChoose={setRestsOn} onUse={useEntry} done={accepted} />
        <Similar found={found} labels={labels} onUse={start} done={accepted} />
      </div>
    </div>
  )
}

function Entries({ found, cited, labels, restsOn, onChoose, onUse, done }) {
  const choose = (id, name) => (
    <label className="flex items-center gap-1.5 text-muted-foreground">
      <input type="radio" name={`rests-on-${found.case}`} checked={restsOn === id} disabled={done} onChange={() => onChoose(id)} />
      {id ? labels.rests_on : labels.no_entry}
      <span className="sr-only">{name}</span>
    </label>
  )
  const entries = cited ? [...found.entries, cited] : found.entries
  return (
    <section className="desk-entries flex flex-col gap-2" aria-labelledby="desk-entries">
      <h3 id="desk-entries" className="font-semibold">{labels.entries}</h3>
      {found.entries.length ? null : <p>{labels.none_fits}</p>}
      <ol className="flex flex-col gap-3">
        {entries.map((entry) => (
          <li key={entry.id} className="flex flex-col gap-1">
            <div className="flex items-baseline justify-between gap-2">
              <EntryLink id={entry.id} question={entry.question} labels={labels} />
              <span className="tabular-nums">{entry === cited ? labels.cited : `${entry.percent || "<1"}%`}</span>
            </div>
            {entry === cited ? null : (
              <div className="desk-bar" aria-hidden="true"><div style={{ width: `${entry.percent}%` }} /></div>
            )}
            <div className="flex flex-wrap items-center justify-between gap-2">
              {choose(entry.id, entry.question)}
              <Button variant="outline" size="sm" disabled={done} onClick={() => onUse(entry.id)}>
                {labels.use_entry}<span className="sr-only">: {entry.question}</span>
              </Button>
            </div>
          </li>
        ))}
      </ol>
      {choose("", "")}
      <p className="text-muted-foreground">{found.none}</p>
    </section>
  )
}

function Similar({ found, labels, onUse, done }) {
  return (
    <section className="desk-similar flex flex-col gap-2" aria-labelledby="desk-similar">
      <h3 id="desk-similar" className="font-semibold">{labels.similar}</h3>
      {found.similar.length ? null : <p>{labels.no_similar}</p>}
      <ul className="flex flex-col gap-2">
        {found.similar.map((past) => (
          <li key={past.basis} className="flex flex-col gap-1 rounded-md border p-2">
            <p className="font-medium">{past.message}</p>
            <p className="whitespace-pre-wrap">{past.answer}</p>
            <div>
              <Button variant="outline" size="sm" disabled={done}
                onClick={() => onUse(past.answer, past.basis, past.faq)}>
                {labels.use}<span className="sr-only">: {past.message}</span>
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Evidence({ draft, found, labels }) {
  const show = (n) => callAction({ name: "desk_show_evidence", payload: { case: found.case, n } })
  return (
    <section className="desk-evidence" aria-labelledby="desk-evidence">
      <h3 id="desk-evidence" className="font-semibold">{draft.holding ? labels.unused_evidence : labels.evidence}</h3>
      <ol>
        {draft.citations.map((one) => (
          <li key={one.n} className="py-0.5">
            <button type="button" className="desk-link" onClick={() => show(one.n)}>[{one.n}]</button> {one.quote}{" "}
            <span className="text-muted-foreground">({one.source})</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Reasons({ labels, onSend }) {
  const [reason, setReason] = useState("")
  const [comment, setComment] = useState("")
  const send = (event) => {
    event.preventDefault()
    onSend(reason, comment)
  }
  return (
    <form className="flex flex-col gap-2 rounded-xl border p-3" onSubmit={send}>
      <fieldset className="flex flex-wrap gap-3">
        <legend className="pb-1 font-medium">{labels.why}</legend>
        {Object.entries(props.reasons).map(([key, told]) => (
          <label key={key} className="flex items-center gap-1.5">
            <input type="radio" name="desk-reason" checked={reason === key} onChange={() => setReason(key)} />
            {told}
          </label>
        ))}
      </fieldset>
      <textarea className="rounded-md border bg-background p-2" rows={2} maxLength={1000} aria-label={labels.comment}
        placeholder={labels.comment} value={comment} onChange={(event) => setComment(event.target.value)} />
      <div><Button type="submit" size="sm" disabled={!reason}>{labels.send_reason}</Button></div>
    </form>
  )
}

// A page that is not served over https has no clipboard: there the old command does it.
const copied = async (text) => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement("textarea")
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand("copy")
    area.remove()
    return done
  }
}

import "./base.css";
import "./task.css";
